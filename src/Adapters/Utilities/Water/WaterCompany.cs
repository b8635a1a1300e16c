using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Water;

/// <summary>The water company: takes an order whole, answers at once, and is asked how it goes.</summary>
internal sealed class WaterCompany(
    IWaterApi api,
    [FromKeyedServices(WaterCompany.Name)] AgencyCaller caller,
    IOptions<WaterOptions> options
) : ICalledProvider
{
    public const string Name = "water";

    private static readonly ProviderOperations s_operations = new(Name);

    public string Agency => Name;

    public Utility Utility => Utility.Water;

    public UtilityHabits Habits { get; } =
        new() { Delivery = LegDeliveryHabit.Called, PollEvery = options.Value.PollEvery };

    public Task<AgencyAnswer<LegReceipt>> Send(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_operations.Order,
            request,
            (call, cancelled) =>
                api.Order(WaterOrderWriter.Write(order, options.Value), order.Leg.Key, call, cancelled),
            answer => WaterAnswerReader.Receipt(answer, order.Leg, mayBeUnknown: false),
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> Find(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_operations.Find,
            request,
            (call, cancelled) => api.Find(new WaterOrderNumber(leg.Key), CallKeys.Find(leg), call, cancelled),
            answer => WaterAnswerReader.Receipt(answer, leg, mayBeUnknown: true),
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> Withdraw(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_operations.Withdraw,
            request,
            (call, cancelled) => api.Cancel(new WaterOrderNumber(leg.Key), CallKeys.Withdrawal(leg), call, cancelled),
            answer => WaterAnswerReader.Receipt(answer, leg, mayBeUnknown: true),
            cancellationToken
        );

    public Task<AgencyAnswer<IReadOnlyList<ProviderStatus>>> Statuses(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_operations.Statuses,
            request,
            (call, cancelled) => api.Progress(new WaterOrderNumber(leg.Key), CallKeys.Statuses(leg), call, cancelled),
            answer => WaterAnswerReader.Statuses(answer, leg),
            cancellationToken
        );

    public Task<AgencyAnswer<VisitReply>> Offer(
        LegKey leg,
        VisitSlot slot,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_operations.Visit,
            request,
            (call, cancelled) =>
                api.Visit(
                    new WaterVisit(leg.Key, WireTime.Text(slot.From), WireTime.Text(slot.Until)),
                    CallKeys.Visit(leg, slot),
                    call,
                    cancelled
                ),
            answer => WaterAnswerReader.Visit(answer, leg, slot),
            cancellationToken
        );

    public Task<AgencyAnswer<TransferCheck>> PreCheck(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_operations.PreCheck,
            request,
            (call, cancelled) =>
                api.PreCheck(
                    new WaterAccount(question.Account, question.FormerHolder),
                    request.RequestId,
                    call,
                    cancelled
                ),
            answer => WaterAnswerReader.PreCheck(answer, question),
            cancellationToken
        );
}

internal static class WaterRegistration
{
    public static IServiceCollection AddWater(this IServiceCollection services)
    {
        services.AddAgency<WaterOptions>(WaterCompany.Name);
        services.AddAgencyClient<IWaterApi, WaterOptions>(
            new WireJsonSerializer(WaterJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            Signer
        );
        services.AddDiagnosis<WaterOptions>(
            WaterCompany.Name,
            _ => new DiagnosedSecret("The client secret of the configuration", Key: null)
        );
        return services.AddSingleton<IUtilityProvider, WaterCompany>();
    }

    private static ClientIdSigner Signer(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new ClientIdSigner(
            options.ClientId,
            options.RevealClientSecret(),
            provider.GetRequiredService<TimeProvider>()
        );
    }

    private static WaterOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<WaterOptions>>().Value;
}
