using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.TownWater;

/// <summary>A town's waterworks: takes an order whole, answers at once, and is asked how it goes.</summary>
internal sealed class TownWaterAgency(
    ITownWaterClient client,
    [FromKeyedServices(TownWaterAgency.Name)] AgencyCaller caller,
    IOptions<TownWaterOptions> options
) : ICalledProvider
{
    public const string Name = "town-water";

    private static readonly ProviderOperations s_operations = new(Name);

    public string Agency => Name;

    public Utility Utility => Utility.Water;

    public UtilityHabits Habits { get; } =
        new() { Delivery = LegDeliveryHabit.Called, PollEvery = options.Value.PollEvery };

    public Task<AgencyAnswer<LegReceipt>> SendAsync(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_operations.Order,
            request,
            (call, cancelled) => client.SendAsync(TownWaterOrderWriter.Write(order), order.Leg.Key, call, cancelled),
            answer => TownWaterReader.Receipt(answer, order.Leg),
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> FindAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_operations.Find,
            request,
            (call, cancelled) => client.FindAsync(new TownWaterKey(leg.Key), CallKeys.Find(leg), call, cancelled),
            answer => TownWaterReader.Receipt(answer, leg),
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> WithdrawAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_operations.Withdraw,
            request,
            (call, cancelled) =>
                client.CancelAsync(new TownWaterKey(leg.Key), CallKeys.Withdrawal(leg), call, cancelled),
            answer => TownWaterReader.Receipt(answer, leg),
            cancellationToken
        );

    public Task<AgencyAnswer<IReadOnlyList<ProviderStatus>>> GetStatusesAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_operations.Statuses,
            request,
            (call, cancelled) =>
                client.GetStepsAsync(new TownWaterKey(leg.Key), CallKeys.Statuses(leg), call, cancelled),
            answer => TownWaterReader.Statuses(answer, leg),
            cancellationToken
        );

    public Task<AgencyAnswer<VisitReply>> OfferVisitAsync(
        LegKey leg,
        VisitSlot slot,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_operations.Visit,
            request,
            (call, cancelled) =>
                client.OfferVisitAsync(
                    new TownWaterVisit(leg.Key, WireTime.Text(slot.From), WireTime.Text(slot.Until)),
                    CallKeys.Visit(leg, slot),
                    call,
                    cancelled
                ),
            answer => TownWaterReader.Visit(answer, leg, slot),
            cancellationToken
        );

    public Task<AgencyAnswer<TransferCheck>> PreCheckAsync(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_operations.PreCheck,
            request,
            (call, cancelled) =>
                client.CheckAccountAsync(
                    new TownWaterAccount(question.Account, question.FormerHolder),
                    request.RequestId,
                    call,
                    cancelled
                ),
            answer => TownWaterReader.PreCheck(answer, question),
            cancellationToken
        );
}
