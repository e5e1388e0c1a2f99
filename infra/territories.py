"""The United States, as the edge's two filters name it. Pure data.

The five inhabited territories have ISO 3166 codes of their own, and whoever lives there lives in the United States:
they are let in like the states. Military post offices abroad and travellers are not: their addresses are in other
countries.

Name servers know a place by Oracle's geographic key, the web application firewall by the ISO code. The keys are those
of https://docs.oracle.com/iaas/Content/TrafficManagement/Reference/trafficmanagementgeo.htm, which are GeoNames'
numbers.
"""

GEO_KEYS: dict[str, str] = {
    "US": "6252001",
    "PR": "4566966",
    "VI": "4796775",
    "GU": "4043988",
    "AS": "5880801",
    "MP": "4041468",
}
