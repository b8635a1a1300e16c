using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Settings;

namespace Integration.Gateway.Policy;

/// <summary>Where the policy data are.</summary>
internal sealed record PolicyOptions
{
    public const string Section = "Gateway:Policy";

    /// <summary>A directory of <c>*.json</c>, one edition each; without it the editions that come with the gateway.</summary>
    public string? Directory { get; init; }
}

/// <summary>Reads the policy data once, before the host takes requests.</summary>
internal static class PolicyRegistration
{
    public static void AddPolicy(this IServiceCollection services)
    {
        services.AddStrictOptions<PolicyOptions>(PolicyOptions.Section);
        services.AddSingleton(Open);
        services.AddHostedService<PolicyIsReadAtStart>();
    }

    private static PolicyBook Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PolicyOptions>>().Value;
        return PolicyBook.Open(PolicyFile.In(options.Directory), Agencies(services), Utilities(services));
    }

    /// <summary>A section under <c>Agencies</c> switches a utility on.</summary>
    private static HashSet<Utility> Utilities(IServiceProvider services) =>
        [.. services.GetServices<IUtilityProvider>().Select(provider => provider.Utility)];

    private static ILookup<CheckKind, string> Agencies(IServiceProvider services) =>
        services
            .GetServices<IIdentitySource>()
            .Select(source => (CheckKind.Identity, source.Agency))
            .Concat(services.GetServices<IBusinessLicenceSource>().Select(s => (CheckKind.BusinessLicence, s.Agency)))
            .Concat(services.GetServices<IPropertyTitleSource>().Select(s => (CheckKind.PropertyTitle, s.Agency)))
            .Concat(services.GetServices<IUtilityAccountSource>().Select(s => (CheckKind.UtilityAccount, s.Agency)))
            .Concat(services.GetServices<IHouseholdSource>().Select(s => (CheckKind.Household, s.Agency)))
            .Concat(services.GetServices<IProjectApprovalSource>().Select(s => (CheckKind.ProjectApproval, s.Agency)))
            .ToLookup(source => source.Item1, source => source.Item2);

    /// <summary>Having the book injected is all it takes.</summary>
    private sealed class PolicyIsReadAtStart(PolicyBook book) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(book);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
