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
internal sealed class ElectricityOrders(
    IElectricityOrderApi api,
    IElectricityApi accounts,
    [FromKeyedServices(ElectricityMarketing.Name)] AgencyCaller caller
) : ICalledProvider
{
    private static readonly ProviderOperations s_operations = new(ElectricityMarketing.Name);

    private static readonly AgencyOperation s_clear = new(ElectricityMarketing.Name, "clear", IsIdempotentRead: false);

    private static readonly AgencyOperation s_attach = new(
        ElectricityMarketing.Name,
        "attach",
        IsIdempotentRead: false
    );

    public string Agency => ElectricityMarketing.Name;

    public Utility Utility => Utility.Electricity;

    public UtilityHabits Habits { get; } = new() { Delivery = LegDeliveryHabit.Called };

    public async Task<AgencyAnswer<LegReceipt>> Send(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var leg = order.Leg;
        var answer = await Ask(
            s_operations.Order,
            (call, cancelled) => api.Order(ElectricityOrderWriter.Write(order), leg.Key, call, cancelled)
        );
        if (!IsTaken(answer))
        {
            return answer;
        }

        answer = await Ask(s_clear, (call, cancelled) => api.Clear(leg.Key, CallKeys.Clearing(leg), call, cancelled));
        foreach (var attachment in ElectricityOrderWriter.Attachments(order))
        {
            if (!IsTaken(answer))
            {
                return answer;
            }

            answer = await Ask(
                s_attach,
                (call, cancelled) =>
                    api.Attach(
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

        Task<AgencyAnswer<LegReceipt>> Ask(
            AgencyOperation operation,
            Func<AgencyCall, CancellationToken, Task<OrderAnswer>> send
        ) =>
            caller.Ask(
                operation,
                request,
                send,
                read => OrderAnswerReader.Receipt(read, leg, mayBeUnknown: false),
                cancellationToken
            );
    }

    public Task<AgencyAnswer<LegReceipt>> Find(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_operations.Find,
            request,
            (call, cancelled) => api.Find(leg.Key, CallKeys.Find(leg), call, cancelled),
            answer => OrderAnswerReader.Receipt(answer, leg, mayBeUnknown: true),
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
            (call, cancelled) => api.Cancel(leg.Key, CallKeys.Withdrawal(leg), call, cancelled),
            answer => OrderAnswerReader.Receipt(answer, leg, mayBeUnknown: true),
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
            (call, cancelled) => api.Statuses(leg.Key, CallKeys.Statuses(leg), call, cancelled),
            answer => OrderAnswerReader.Statuses(answer, leg),
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
                    leg.Key,
                    new PowerVisit(WireTime.Text(slot.From), WireTime.Text(slot.Until)),
                    CallKeys.Visit(leg, slot),
                    call,
                    cancelled
                ),
            answer => OrderAnswerReader.Visit(answer, leg, slot),
            cancellationToken
        );

    /// <summary>The system says whose name an account runs under; whether that is the former holder's is seen here, and nobody is told a name.</summary>
    public Task<AgencyAnswer<TransferCheck>> PreCheck(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        PartyName.Parse(question.FormerHolder) is { IsValid: true, Value: var former }
            ? caller.Ask(
                s_operations.PreCheck,
                request,
                (call, cancelled) => accounts.PreCheck(new AccountRequest(question.Account), call, cancelled),
                answer => Check(AccountAnswerReader.Read(answer, new UtilityAccountQuestion(question.Account)), former),
                cancellationToken
            )
            : caller.NotAsked<TransferCheck>(s_operations.PreCheck, request, "former-holder");

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
