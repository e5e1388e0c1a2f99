"""The second factors that the identity domain takes: security keys and one-time codes of an app. No code by SMS, call
or mail, no bypass code, no security question: each of them can be had without what the person holds.

The type asks for a value of every setting, of factors that are off too. They lie in the ranges that its documentation
names, `pulumi_oci.identity.DomainsAuthenticationFactorSetting`. It asks for policies of the app's device too, and fails
without any. Here are all that a domain has, in the order and with the values of Oracle's own example,
`examples/identity_domains/authentication_factor_settings.tf` of https://github.com/oracle/terraform-provider-oci: they
are about notices that the app confirms, which are off.

Assumption: what is set for a factor that is off changes nothing.
"""

from dataclasses import dataclass

import pulumi
from pulumi_oci import identity

_SCHEMA = "urn:ietf:params:scim:schemas:oracle:idcs:AuthenticationFactorSettings"
# Each domain has one, which is there from the start under this name.
_THE_ONE = "AuthenticationFactorSettings"

# What is asked of the app's device.
_COMPLIANCE = {
    "lockScreenRequired": "false",
    "lockScreenRequiredUnknown": "false",
    "jailBrokenDevice": "false",
    "jailBrokenDeviceUnknown": "false",
    "minWindowsVersion": "8.1",
    "minIosVersion": "7.1",
    "minAndroidVersion": "4.1",
    "minIosAppVersion": "4.0",
    "minAndroidAppVersion": "8.0",
    "minWindowsAppVersion": "1.0",
}


@dataclass(frozen=True)
class SecondFactorArgs:
    """The domain's own address."""

    endpoint: pulumi.Input[str]


class SecondFactor(pulumi.ComponentResource):
    """The domain's settings of second factors."""

    def __init__(self, name: str, args: SecondFactorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:SecondFactor", name, None, opts)
        identity.DomainsAuthenticationFactorSetting(
            f"{name}-second-factor",
            authentication_factor_setting_id=_THE_ONE,
            idcs_endpoint=args.endpoint,
            schemas=[_SCHEMA],
            mfa_enrollment_type="Required",
            fido_authenticator_enabled=True,
            totp_enabled=True,
            push_enabled=False,
            sms_enabled=False,
            phone_call_enabled=False,
            email_enabled=False,
            bypass_code_enabled=False,
            security_questions_enabled=False,
            yubico_otp_enabled=False,
            totp_settings=identity.DomainsAuthenticationFactorSettingTotpSettingsArgs(
                email_otp_validity_duration_in_mins=10,
                email_passcode_length=6,
                hashing_algorithm="SHA256",
                jwt_validity_duration_in_secs=300,
                key_refresh_interval_in_days=60,
                passcode_length=6,
                sms_otp_validity_duration_in_mins=6,
                sms_passcode_length=6,
                time_step_in_secs=30,
                time_step_tolerance=3,
            ),
            bypass_code_settings=identity.DomainsAuthenticationFactorSettingBypassCodeSettingsArgs(
                help_desk_code_expiry_in_mins=60,
                help_desk_generation_enabled=False,
                help_desk_max_usage=1,
                length=12,
                max_active=6,
                self_service_generation_enabled=False,
            ),
            client_app_settings=identity.DomainsAuthenticationFactorSettingClientAppSettingsArgs(
                device_protection_policy="NONE",
                initial_lockout_period_in_secs=30,
                key_pair_length=2048,
                lockout_escalation_pattern="Constant",
                max_failures_before_lockout=10,
                max_failures_before_warning=5,
                max_lockout_interval_in_secs=86400,
                min_pin_length=6,
                policy_update_freq_in_days=7,
                request_signing_algo="SHA256withRSA",
                shared_secret_encoding="Base32",  # noqa: S106
                unlock_app_for_each_request_enabled=False,
                unlock_app_interval_in_secs=300,
                unlock_on_app_foreground_enabled=False,
                unlock_on_app_start_enabled=False,
            ),
            compliance_policies=[
                identity.DomainsAuthenticationFactorSettingCompliancePolicyArgs(name=name, action="Allow", value=value)
                for name, value in _COMPLIANCE.items()
            ],
            endpoint_restrictions=identity.DomainsAuthenticationFactorSettingEndpointRestrictionsArgs(
                max_endpoint_trust_duration_in_days=1,
                max_enrolled_devices=5,
                max_incorrect_attempts=5,
                max_trusted_endpoints=1,
                trusted_endpoints_enabled=False,
            ),
            notification_settings=identity.DomainsAuthenticationFactorSettingNotificationSettingsArgs(
                pull_enabled=False
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
