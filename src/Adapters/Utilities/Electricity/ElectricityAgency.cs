using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>The power company's marketing system (营销系统): accounts and arrears.</summary>
internal sealed class ElectricityAgency(
    IElectricityClient client,
    [FromKeyedServices(ElectricityAgency.Name)] AgencyCaller caller
) : IUtilityAccountSource
{
    public const string Name = "electricity";

    /// <summary>Power among the utilities of the linkage.</summary>
    public const string PowerCode = "2";

    /// <summary>Where tokens and secrets come from.</summary>
    public const string Keys = $"{Name}-key";

    private static readonly AgencyOperation s_preCheck = new(Name, "precheck", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<UtilityAccountFacts>> AskAsync(
        UtilityAccountQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_preCheck,
            request,
            (call, cancelled) =>
                client.PreCheckAsync(new LinkagePreCheck(question.AccountNumber, PowerCode), call, cancelled),
            answer => ElectricityReader.Read(answer, question),
            cancellationToken
        );
}
