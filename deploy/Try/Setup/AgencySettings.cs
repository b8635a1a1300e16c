using Integration.Sandbox;

namespace Integration.Try.Setup;

/// <summary>The gateway's configuration of every agency, as the sandbox serves them.</summary>
internal static class AgencySettings
{
    public static IReadOnlyDictionary<string, string?> For(
        Uri sandbox,
        SandboxCredentials agencies,
        SecretFolder secrets
    )
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        Exchange(settings, sandbox, agencies, secrets);
        Add(
            settings,
            "real-estate",
            ("BaseAddress", Address(sandbox, "real-estate")),
            ("UserName", agencies.RealEstateUser),
            ("Password", secrets.Put("real-estate-password", agencies.RealEstatePassword)),
            ("Division", "421022"),
            ("Department", "公安县供电公司"),
            ("ClientAddress", "127.0.0.1")
        );
        Add(
            settings,
            "licence-library",
            ("BaseAddress", Address(sandbox, "licence-library")),
            ("AccessId", agencies.LibraryAccessId),
            ("AccessToken", secrets.Put("licence-library-token", agencies.LibraryAccessToken))
        );
        Add(
            settings,
            "grid-resource",
            ("BaseAddress", Address(sandbox, "grid-resource")),
            ("PaasId", agencies.GridPaasId),
            ("Token", secrets.Put("grid-resource-token", agencies.GridToken))
        );
        Add(
            settings,
            "project-approval",
            ("BaseAddress", Address(sandbox, "project-approval")),
            ("ClientId", agencies.ProjectClientId),
            ("ClientSecret", secrets.Put("project-approval-secret", agencies.ProjectClientSecret))
        );
        Add(
            settings,
            "municipal",
            ("BaseAddress", Address(sandbox, "municipal")),
            ("ClientId", agencies.MunicipalClientId),
            ("ClientSecret", secrets.Put("municipal-secret", agencies.MunicipalClientSecret))
        );
        Add(
            settings,
            "electricity",
            ("BaseAddress", Address(sandbox, "electricity")),
            ("Dialect", "Gateway"),
            ("AppId", agencies.ElectricityAppId),
            ("AppSecret", secrets.Put("electricity-appkey", agencies.ElectricityAppKey))
        );
        Providers(settings, sandbox, agencies, secrets);
        return settings;
    }

    private static void Providers(
        Dictionary<string, string?> settings,
        Uri sandbox,
        SandboxCredentials agencies,
        SecretFolder secrets
    )
    {
        Add(
            settings,
            "water",
            ("BaseAddress", Address(sandbox, "water")),
            ("ClientId", agencies.WaterClientId),
            ("ClientSecret", secrets.Put("water-secret", agencies.WaterClientSecret)),
            ("Division", "421022"),
            ("Unit", "GADL")
        );
        Add(
            settings,
            "gas",
            ("BaseAddress", Address(sandbox, "gas")),
            ("PaasId", agencies.GasPaasId),
            ("Token", secrets.Put("gas-token", agencies.GasToken))
        );
        Add(settings, "network", ("WorkList", "true"));
        Add(
            settings,
            "television",
            ("BaseAddress", Address(sandbox, "television")),
            ("UserName", agencies.TelevisionUser),
            ("Password", secrets.Put("television-password", agencies.TelevisionPassword))
        );
    }

    private static void Exchange(
        Dictionary<string, string?> settings,
        Uri sandbox,
        SandboxCredentials agencies,
        SecretFolder secrets
    )
    {
        Add(
            settings,
            "exchange-platform",
            ("BaseAddress", Address(sandbox, "exchange")),
            ("RequesterId", agencies.ExchangeRid),
            ("ApplicationKey", secrets.Put("exchange-appkey", agencies.ExchangeAppKey))
        );
        Add(
            settings,
            "population-registry",
            ("CheckService", "s_population_check"),
            ("BasicDataService", "s_population_basic"),
            ("User", agencies.PopulationUser),
            ("Password", secrets.Put("population-password", agencies.PopulationPassword)),
            ("Requester:SourceSystemCode", "GADL"),
            ("Requester:SourceSystemName", "获得电力数据共享网关"),
            ("Requester:OfficerName", "经办人"),
            // Synthetic like everything else: the first person of the fixtures.
            ("Requester:OfficerIdNumber", secrets.Put("population-officer", "421022197001010112")),
            ("Requester:UnitCode", "421022000000"),
            ("Requester:UnitName", "公安县供电公司"),
            ("Requester:BusinessCode", "YDBZ"),
            ("Requester:BusinessName", "用电报装"),
            ("Requester:BusinessSystemCode", "WSDT"),
            ("Requester:BusinessSystemName", "网上办事大厅")
        );
        Add(
            settings,
            "business-licence",
            ("QueryService", "s_enterprise_query"),
            ("VerifyService", "s_enterprise_verify"),
            ("AuthorisationCode", secrets.Put("business-licence-authcode", agencies.BusinessLicenceAuthCode))
        );
    }

    private static void Add(
        Dictionary<string, string?> settings,
        string agency,
        params ReadOnlySpan<(string Key, string Value)> values
    )
    {
        foreach (var (key, value) in values)
        {
            settings[$"Agencies:{agency}:{key}"] = value;
        }
    }

    private static string Address(Uri sandbox, string agency) => new Uri(sandbox, agency).ToString();
}
