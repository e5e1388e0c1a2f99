# Five rules of the pack in Rego, on a Terraform plan: what a conftest user would write by hand.
package main

import rego.v1

regions := {"us-ashburn-1", "us-phoenix-1", "iad", "phx"}

after(type) := [change | change := input.resource_changes[_]; change.type == type]

deny contains msg if {
	some change in after("oci_objectstorage_bucket")
	change.change.after.access_type != "NoPublicAccess"
	msg := sprintf("%s can be read without an identity", [change.address])
}

deny contains msg if {
	some change in after("oci_core_instance")
	some vnic in change.change.after.create_vnic_details
	vnic.assign_public_ip != "false"
	msg := sprintf("%s has a public address", [change.address])
}

deny contains msg if {
	some change in after("oci_core_local_peering_gateway")
	msg := sprintf("%s joins networks", [change.address])
}

deny contains msg if {
	some change in after("oci_core_volume_backup_policy")
	not change.change.after.destination_region in regions
	msg := sprintf("%s copies backups to another region", [change.address])
}

deny contains msg if {
	some change in after("oci_core_remote_peering_connection")
	not change.change.after.peer_region_name in regions
	msg := sprintf("%s joins another region", [change.address])
}
