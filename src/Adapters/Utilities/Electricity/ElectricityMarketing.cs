using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>The power company's marketing system (营销系统): accounts and arrears.</summary>
internal sealed class ElectricityMarketing(
    IElectricityApi api,
    [FromKeyedServices(ElectricityMarketing.Name)] AgencyCaller caller
) : IUtilityAccountSource
{
    public const string Name = "electricity";

    /// <summary>Where tokens and secrets come from.</summary>
    public const string Keys = $"{Name}-key";

    private static readonly AgencyOperation s_preCheck = new(Name, "precheck", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<UtilityAccountFacts>> Ask(
        UtilityAccountQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_preCheck,
            request,
            (call, cancelled) => api.PreCheck(new AccountRequest(question.AccountNumber), call, cancelled),
            answer => AccountAnswerReader.Read(answer, question),
            cancellationToken
        );
}
