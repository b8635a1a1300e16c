using Integration.Sandbox.Agencies.BusinessLicence;
using Integration.Sandbox.Agencies.Electricity;
using Integration.Sandbox.Agencies.Exchange;
using Integration.Sandbox.Agencies.Gas;
using Integration.Sandbox.Agencies.GridResource;
using Integration.Sandbox.Agencies.LicenceLibrary;
using Integration.Sandbox.Agencies.Municipal;
using Integration.Sandbox.Agencies.PopulationRegistry;
using Integration.Sandbox.Agencies.ProjectApproval;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Agencies.RealEstate;
using Integration.Sandbox.Agencies.Television;
using Integration.Sandbox.Agencies.Water;
using Integration.Sandbox.Control;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox;

/// <summary>All agencies on one host, each under its own path. Start it, then read the addresses from <c>Urls</c>.</summary>
internal static class SandboxApp
{
    private const int LargestBody = 1 << 20;

    public static WebApplication Create(SandboxSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.Services.AddRoutingCore();
        var app = builder.Build();

        var lag = new ReplicaLag(settings.Time);
        var registers = new Registers(FixtureFile.Read(settings.FixturesFile), lag);
        var malformed = new MalformedAnswers();
        var faults = new FaultSwitchboard(settings.Time);
        var calls = new CallList();
        var door = new AgencyDoor(settings, faults, calls, new FaultEffects(malformed, app.Lifetime));
        var agencies = Agencies(settings, registers, door);
        foreach (var agency in agencies)
        {
            agency.Map(app, door);
        }

        new ControlEndpoints(agencies, faults, calls, malformed, lag).Map(app);
        new ProviderControl([.. agencies.OfType<ProviderAgency>().Select(provider => provider.Desk)]).Map(app);
        return app;
    }

    private static IReadOnlyList<Agency> Agencies(SandboxSettings settings, Registers registers, AgencyDoor door)
    {
        var secrets = new CallSecrets(settings);
        var population = new PopulationRegistryAgency(settings, registers, secrets);
        var licences = new BusinessLicenceAgency(settings, registers, secrets);
        return
        [
            new ExchangePlatform(settings, secrets, door, licences, population),
            population,
            licences,
            new RealEstateAgency(settings, registers),
            new LicenceLibraryAgency(settings, registers),
            new GridResourceAgency(settings, registers),
            new ProjectApprovalAgency(settings, registers),
            new ElectricityAgency(settings, registers),
            new MunicipalAgency(settings),
            new WaterAgency(settings),
            new GasAgency(settings),
            new TelevisionAgency(settings),
        ];
    }
}
