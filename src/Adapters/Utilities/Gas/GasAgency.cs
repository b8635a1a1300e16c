using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>
/// The gas company: slow, and known for answering nothing after it did accept. It gives its progress without numbers, twice and in
/// any order.
/// </summary>
internal sealed class GasAgency(
    IGasClient client,
    [FromKeyedServices(GasAgency.Name)] AgencyCaller caller,
    IOptions<GasOptions> options
) : ICalledProvider
{
    public const string Name = "gas";

    private static readonly ProviderOperations s_operations = new(Name);

    public string Agency => Name;

    public Utility Utility => Utility.Gas;

    public UtilityHabits Habits { get; } =
        new() { Delivery = LegDeliveryHabit.Called, PollEvery = options.Value.PollEvery };

    public Task<AgencyAnswer<LegReceipt>> SendAsync(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            s_operations.Order,
            order.Leg.Key,
            () => GasFormWriter.Order(order),
            answer => GasReader.Receipt(answer, order.Leg, mayBeUnknown: false),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> FindAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            s_operations.Find,
            CallKeys.Find(leg),
            () => GasFormWriter.About(leg),
            answer => GasReader.Receipt(answer, leg, mayBeUnknown: true),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<LegReceipt>> WithdrawAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            s_operations.Withdraw,
            CallKeys.Withdrawal(leg),
            () => GasFormWriter.About(leg),
            answer => GasReader.Receipt(answer, leg, mayBeUnknown: true),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<IReadOnlyList<ProviderStatus>>> GetStatusesAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            s_operations.Statuses,
            CallKeys.Statuses(leg),
            () => GasFormWriter.About(leg),
            answer => GasReader.Statuses(answer, leg),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<VisitReply>> OfferVisitAsync(
        LegKey leg,
        VisitSlot slot,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            s_operations.Visit,
            CallKeys.Visit(leg, slot),
            () => GasFormWriter.Visit(leg, slot),
            answer => GasReader.Visit(answer, leg, slot),
            request,
            cancellationToken
        );

    public Task<AgencyAnswer<TransferCheck>> PreCheckAsync(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            s_operations.PreCheck,
            request.RequestId,
            () => GasFormWriter.Account(question),
            answer => GasReader.PreCheck(answer, question),
            request,
            cancellationToken
        );

    /// <summary>The company's page is called like the operation; each attempt has a form of its own.</summary>
    private Task<AgencyAnswer<TFacts>> AskAsync<TFacts>(
        AgencyOperation operation,
        string key,
        Func<FormUrlEncodedContent> form,
        Func<XElement, Reading<TFacts>> read,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            operation,
            request,
            async (call, cancelled) =>
            {
                using var content = form();
                return await client.PostAsync(operation.Name, content, key, call, cancelled);
            },
            read,
            cancellationToken
        );
}
