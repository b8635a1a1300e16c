using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>
/// The power company as a provider: takes the form, then its attachments one by one, and pushes its statuses itself.
/// <code>
/// order ──▶ clear what earlier sendings attached ──▶ attach each ──▶ complete
/// </code>
/// Each of these calls has a key of its own, made of the leg's: a sending that broke off anywhere is sent again from the beginning,
/// and what had been done is not done twice.
/// </summary>
internal sealed class ElectricityProvider(
    IElectricityClient client,
    [FromKeyedServices(ElectricityAgency.Name)] AgencyCaller caller
) : ICalledProvider
{
    private static readonly ProviderOperations s_operations = new(ElectricityAgency.Name);

    private static readonly AgencyOperation s_clear = new(ElectricityAgency.Name, "clear", IsIdempotentRead: false);

    private static readonly AgencyOperation s_attach = new(ElectricityAgency.Name, "attach", IsIdempotentRead: false);

    public string Agency => ElectricityAgency.Name;

    public Utility Utility => Utility.Electricity;

    public UtilityHabits Habits { get; } = new() { Delivery = LegDeliveryHabit.Called };

    public async Task<AgencyAnswer<LegReceipt>> SendAsync(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var leg = order.Leg;
        var answer = await AskAsync(
            s_operations.Order,
            (call, cancelled) => client.SendOrderAsync(ElectricityOrderWriter.Write(order), leg.Key, call, cancelled)
        );
        if (!IsTaken(answer))
        {
            return answer;
        }

        answer = await AskAsync(
            s_clear,
            (call, cancelled) => client.ClearAttachmentsAsync(leg.Key, CallKeys.Clearing(leg), call, cancelled)
        );
        foreach (var attachment in ElectricityOrderWriter.Attachments(order))
        {
            if (!IsTaken(answer))
            {
                return answer;
            }

            answer = await AskAsync(
                s_attach,
                (call, cancelled) =>
                    client.AttachAsync(
                        leg.Key,
                        attachment.Name,
                        attachment,
                        CallKeys.Attachment(leg, attachment.Name),
                        call,
                        cancelled
                    )
            );
        }

        return answer;

        Task<AgencyAnswer<LegReceipt>> AskAsync(
            AgencyOperation operation,
            Func<AgencyCall, CancellationToken, Task<LinkageAnswer>> send
        ) =>
            caller.AskAsync(
                operation,
                request,
                send,
                read => ElectricityOrderReader.Receipt(read, leg, mayBeUnknown: false),
                cancellationToken
            );
    }

    public Task<AgencyAnswer<LegReceipt>> FindAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_operations.Find,
            request,
            (call, cancelled) => client.FindAsync(leg.Key, CallKeys.Find(leg), call, cancelled),
            answer => ElectricityOrderReader.Receipt(answer, leg, mayBeUnknown: true),
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
            (call, cancelled) => client.CancelAsync(leg.Key, CallKeys.Withdrawal(leg), call, cancelled),
            answer => ElectricityOrderReader.Receipt(answer, leg, mayBeUnknown: true),
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
            (call, cancelled) => client.GetStatusesAsync(leg.Key, CallKeys.Statuses(leg), call, cancelled),
            answer => ElectricityOrderReader.Statuses(answer, leg),
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
                    leg.Key,
                    new PowerVisit(WireTime.Text(slot.From), WireTime.Text(slot.Until)),
                    CallKeys.Visit(leg, slot),
                    call,
                    cancelled
                ),
            answer => ElectricityOrderReader.Visit(answer, leg, slot),
            cancellationToken
        );

    /// <summary>The system says whose name an account runs under; whether that is the former holder's is seen here, and the system is told no name.</summary>
    public Task<AgencyAnswer<TransferCheck>> PreCheckAsync(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        PartyName.Parse(question.FormerHolder) is { IsValid: true, Value: var former }
            ? caller.AskAsync(
                s_operations.PreCheck,
                request,
                (call, cancelled) =>
                    client.PreCheckAsync(
                        new LinkagePreCheck(question.Account, ElectricityAgency.PowerCode),
                        call,
                        cancelled
                    ),
                answer => Check(ElectricityReader.Read(answer, new UtilityAccountQuestion(question.Account)), former),
                cancellationToken
            )
            : caller.NotAskedAsync<TransferCheck>(s_operations.PreCheck, request, "former-holder");

    private static Reading<TransferCheck> Check(Reading<UtilityAccountFacts> account, PartyName former) =>
        account switch
        {
            Reading<UtilityAccountFacts>.Found { Facts: var facts } => new TransferCheck(
                facts.Arrears > 0,
                facts.HolderName == former
            ),
            Reading<UtilityAccountFacts>.Failed { Failure: var failure } => failure,
            _ => new Reading<TransferCheck>.Unknown(),
        };

    private static bool IsTaken(AgencyAnswer<LegReceipt> answer) =>
        answer is AgencyAnswer<LegReceipt>.Found { Facts: { IsWithdrawn: false, Missing.Count: 0 } };
}
