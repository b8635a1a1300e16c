using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>
/// The gas company: slow, and known for answering nothing after it did accept. It gives its progress without numbers, twice and in
/// whatever order.
/// </summary>
internal sealed class GasCompany(
    IGasApi api,
    [FromKeyedServices(GasCompany.Name)] AgencyCaller caller,
    IOptions<GasOptions> options
) : ICalledProvider
{
    public const string Name = "gas";

    private static readonly ProviderOperations s_operations = new(Name);

    public string Agency => Name;

    public Utility Utility => Utility.Gas;

    public UtilityHabits Habits { get; } =
        new() { Delivery = LegDeliveryHabit.Called, PollEvery = options.Value.PollEvery };

    public Task<AgencyAnswer<LegReceipt>> Send(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        Ask(
            s_operations.Order,
            order.Leg.Key,
            () => GasFormWriter.Order(order),
            answer => GasAnswerReader.Receipt(answer, order.Leg, mayBeUnknown: false),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> Find(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        Ask(
            s_operations.Find,
            CallKeys.Find(leg),
            () => GasFormWriter.About(leg),
            answer => GasAnswerReader.Receipt(answer, leg, mayBeUnknown: true),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> Withdraw(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        Ask(
            s_operations.Withdraw,
            CallKeys.Withdrawal(leg),
            () => GasFormWriter.About(leg),
            answer => GasAnswerReader.Receipt(answer, leg, mayBeUnknown: true),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<IReadOnlyList<ProviderStatus>>> Statuses(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        Ask(
            s_operations.Statuses,
            CallKeys.Statuses(leg),
            () => GasFormWriter.About(leg),
            answer => GasAnswerReader.Statuses(answer, leg),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<VisitReply>> Offer(
        LegKey leg,
        VisitSlot slot,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        Ask(
            s_operations.Visit,
            CallKeys.Visit(leg, slot),
            () => GasFormWriter.Visit(leg, slot),
            answer => GasAnswerReader.Visit(answer, leg, slot),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<TransferCheck>> PreCheck(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        Ask(
            s_operations.PreCheck,
            request.RequestId,
            () => GasFormWriter.Account(question),
            answer => GasAnswerReader.PreCheck(answer, question),
            request,
            cancellationToken
        );

    /// <summary>The company's page is called like the operation; each attempt has a form of its own.</summary>
    private Task<AgencyAnswer<TFacts>> Ask<TFacts>(
        AgencyOperation operation,
        string key,
        Func<FormUrlEncodedContent> form,
        Func<XElement, Reading<TFacts>> read,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            operation,
            request,
            async (call, cancelled) =>
            {
                using var content = form();
                return await api.Post(operation.Name, content, key, call, cancelled);
            },
            read,
            cancellationToken
        );
}

internal static class GasRegistration
{
    public static IServiceCollection AddGas(this IServiceCollection services)
    {
        services.AddAgency<GasOptions>(GasCompany.Name);
        services.AddAgencyClient<IGasApi, GasOptions>(
            new WireXmlSerializer(),
            provider => OptionsOf(provider).BaseAddress!,
            provider => new TifSigner(
                OptionsOf(provider).PaasId,
                OptionsOf(provider).RevealToken(),
                serviceId: null,
                provider.GetRequiredService<TimeProvider>()
            )
        );
        services.AddDiagnosis<GasOptions>(
            GasCompany.Name,
            _ => new DiagnosedSecret("The token of the configuration", Key: null)
        );
        return services.AddSingleton<IUtilityProvider, GasCompany>();
    }

    private static GasOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<GasOptions>>().Value;
}
