using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Water;

/// <summary>The water company: takes an order whole, answers at once, and is asked how it goes.</summary>
internal sealed class WaterAgency(
    IWaterClient client,
    [FromKeyedServices(WaterAgency.Name)] AgencyCaller caller,
    IOptions<WaterOptions> options
) : ICalledProvider
{
    public const string Name = "water";

    /// <summary>Water among the utilities of the linkage.</summary>
    private const string WaterCode = "1";

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
            (call, cancelled) =>
                client.SendOrderAsync(WaterOrderWriter.Write(order, options.Value), order.Leg.Key, call, cancelled),
            answer => WaterReader.Receipt(answer, order.Leg, mayBeUnknown: false),
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
            (call, cancelled) => client.FindAsync(new WaterOrderNumber(leg.Key), CallKeys.Find(leg), call, cancelled),
            answer => WaterReader.Receipt(answer, leg, mayBeUnknown: true),
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
                client.CancelAsync(new WaterOrderNumber(leg.Key), CallKeys.Withdrawal(leg), call, cancelled),
            answer => WaterReader.Receipt(answer, leg, mayBeUnknown: true),
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
                client.GetProgressAsync(new WaterOrderNumber(leg.Key), CallKeys.Statuses(leg), call, cancelled),
            answer => WaterReader.Statuses(answer, leg),
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
                    new WaterVisit(leg.Key, WireTime.Text(slot.From), WireTime.Text(slot.Until)),
                    CallKeys.Visit(leg, slot),
                    call,
                    cancelled
                ),
            answer => WaterReader.Visit(answer, leg, slot),
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
                client.PreCheckAsync(
                    new LinkagePreCheck(question.Account, WaterCode, question.FormerHolder),
                    request.RequestId,
                    call,
                    cancelled
                ),
            answer => WaterReader.PreCheck(answer, question),
            cancellationToken
        );
}
