using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>
/// What events do to the acceptance clocks of a case, as pure functions of it. An acceptance clock belongs to an event: it
/// runs from that event's receipt until its turn has come and something was accepted or found to need no acceptance.
/// </summary>
internal static class EventTransitions
{
    /// <summary>What an event may wait for acceptance.</summary>
    public static ClockTerms AcceptanceTerms(PolicyEdition policy) =>
        new(policy.Clocks.Acceptance.Kind, policy.Clocks.Acceptance.Minutes);

    /// <summary>An event opens a case: acceptance runs from its receipt, where there is something to accept.</summary>
    public static Case Open(CaseEvent received, SlaClock clock)
    {
        var at = StoredTime.From(received.ReceivedAt);
        var found = new Case
        {
            CaseId = received.CaseId,
            CallerId = received.CallerId,
            ReportedBy = received.ReportedBy,
            Purpose = received.Purpose,
            OpenedAt = at,
            PolicyVersion = received.Policy.Version,
            Clocks = received.IsWithdrawal ? [] : [ClockOf(received)],
        };
        return found with { WakeAt = CaseReading.NextLook(found, clock, at) };
    }

    /// <summary>
    /// An event is received in a case that is there. An opening gets an acceptance clock of its own, unless an application is in
    /// force that it can only change; any other event only when nothing but withdrawals came before.
    /// </summary>
    /// <param name="found">The case.</param>
    /// <param name="received">The event.</param>
    /// <param name="isWithdrawalWaiting">Whether a withdrawal that was received waits for its turn.</param>
    /// <param name="clock">For the next moment at which its clocks are looked at.</param>
    public static Case Receive(Case found, CaseEvent received, bool isWithdrawalWaiting, SlaClock clock)
    {
        var isChange = found is { State: CaseState.Open or CaseState.Closed, AcceptedAt: not null };
        var isAwaited = received.IsOpening
            ? !isChange || isWithdrawalWaiting
            : !received.IsWithdrawal && !found.Clocks.Any(IsAcceptance);
        if (!isAwaited)
        {
            return found;
        }

        var awaiting = found with { Clocks = [.. found.Clocks, ClockOf(received)] };
        return awaiting with { WakeAt = CaseReading.NextLook(awaiting, clock, StoredTime.From(received.ReceivedAt)) };
    }

    /// <summary>
    /// A withdrawal is received after openings that it precedes. Each was taken for a change when it came; as soon as the withdrawal is
    /// known its acceptance runs, from its own receipt.
    /// </summary>
    /// <param name="found">The case.</param>
    /// <param name="withdrawal">The withdrawal.</param>
    /// <param name="openings">The openings that wait and come after it.</param>
    /// <param name="clock">For the next moment at which its clocks are looked at.</param>
    /// <returns>The same object when each has its clock.</returns>
    public static Case Precede(Case found, CaseEvent withdrawal, IReadOnlyList<WaitingOpening> openings, SlaClock clock)
    {
        var unmeasured = openings
            .Where(opening => !found.Clocks.Any(known => known.ReceiptId == opening.ReceiptId))
            .Select(opening => ClockOf(opening.ReceiptId, opening.ReceivedAt, withdrawal.Policy))
            .ToList();
        if (unmeasured.Count == 0)
        {
            return found;
        }

        var awaiting = found with { Clocks = [.. found.Clocks, .. unmeasured] };
        return awaiting with { WakeAt = CaseReading.NextLook(awaiting, clock, StoredTime.From(withdrawal.ReceivedAt)) };
    }

    /// <summary>Acceptance of an event is done although nothing was applied for.</summary>
    public static Case EndAcceptance(Case found, AnsweredEvent answered, PolicyEdition policy, DateTimeOffset at) =>
        Reopened(found) with
        {
            WakeAt = StoredTime.From(at), // the timer tells its last colour
            Clocks = Ended(found.Clocks, answered, policy, StoredTime.From(at), evidenceId: null),
        };

    /// <summary>
    /// Electricity is not wanted any more, other utilities are: its clocks and their stops end, and the case goes on as one
    /// without an application.
    /// </summary>
    public static Case EndElectricity(Case found, AnsweredEvent answered, SlaClock clock, DateTimeOffset at)
    {
        var moment = StoredTime.From(at);
        var without = found with
        {
            State = CaseState.Open,
            ApplicationId = null,
            AcceptedAt = null,
            ClosedAt = null,
            TakenBackAt = moment,
            FirstTraceAt = null,
            Clocks =
            [
                .. found.Clocks.Select(running =>
                    ClockNames.Electricity.Contains(running.Clock, StringComparer.Ordinal)
                    && !IsAwaited(running, answered)
                        ? CaseMilestones.TakenBack(running, moment, evidenceId: null)
                        : running
                ),
            ],
        };
        return without with { WakeAt = CaseReading.NextLook(without, clock, moment) };
    }

    /// <summary>An event is handed to people: its acceptance goes on running, so that it is not forgotten.</summary>
    public static Case AwaitReview(
        Case found,
        AnsweredEvent answered,
        PolicyEdition policy,
        SlaClock clock,
        DateTimeOffset at
    )
    {
        var opened = Reopened(found);
        if (opened.AcceptedAt is not null || opened.Clocks.Any(running => IsDone(running, answered)))
        {
            return opened;
        }

        var awaiting = opened with { Clocks = [.. opened.Clocks, ClockOf(answered, policy)] };
        return awaiting with { WakeAt = CaseReading.NextLook(awaiting, clock, StoredTime.From(at)) };
    }

    /// <summary>An event was done without effect: nothing of it is waited for any more.</summary>
    /// <param name="found">The case.</param>
    /// <param name="answered">The event.</param>
    /// <param name="isTakenBack">The enterprise is withdrawn: a case in which nothing was accepted is over.</param>
    /// <param name="at">When.</param>
    /// <returns>The same object when nothing changes.</returns>
    public static Case PassOver(Case found, AnsweredEvent answered, bool isTakenBack, DateTimeOffset at)
    {
        var isOver = isTakenBack && found is { State: CaseState.Open, AcceptedAt: null };
        if (isOver)
        {
            return CaseTransitions.Withdraw(found, at, evidenceId: null, answered).File;
        }

        return found.Clocks.Any(running => running.IsRunning && running.ReceiptId == answered.ReceiptId)
            ? found with
            {
                WakeAt = StoredTime.From(at),
                Clocks =
                [
                    .. found.Clocks.Select(running =>
                        running.IsRunning && running.ReceiptId == answered.ReceiptId
                            ? CaseMilestones.Ended(running, StoredTime.From(at), evidenceId: null)
                            : running
                    ),
                ],
            }
            : found;
    }

    /// <summary>
    /// The clocks after the acceptance of an event. One that was taken for a change when it came gets its clock now, from its
    /// receipt.
    /// </summary>
    public static IReadOnlyList<CaseClock> Ended(
        IReadOnlyList<CaseClock> clocks,
        AnsweredEvent answered,
        PolicyEdition policy,
        DateTimeOffset at,
        string? evidenceId
    ) =>
        [
            .. clocks.Select(running =>
                IsDone(running, answered) ? CaseMilestones.Ended(running, at, evidenceId) : running
            ),
            .. clocks.Any(known => IsDone(known, answered) || known.ReceiptId == answered.ReceiptId)
                ? []
                : new[] { CaseMilestones.Ended(ClockOf(answered, policy), at, evidenceId) },
        ];

    /// <summary>Whether a clock runs for an event that still waits for its turn.</summary>
    public static bool IsAwaited(CaseClock running, AnsweredEvent? answered) =>
        IsAcceptance(running)
        && running.IsRunning
        && answered is not null
        && running.ReceiptId is { } receiptId
        && receiptId != answered.ReceiptId
        && answered.Waits(receiptId);

    private static bool IsDone(CaseClock running, AnsweredEvent answered) =>
        IsAcceptance(running) && running.IsRunning && !IsAwaited(running, answered);

    private static bool IsAcceptance(CaseClock clock) => clock.Clock == ClockNames.Acceptance;

    /// <summary>A case that was taken back is open again; what was accepted in it is over.</summary>
    private static Case Reopened(Case found) =>
        found.State == CaseState.Withdrawn
            ? found with
            {
                State = CaseState.Open,
                ClosedAt = null,
                AcceptedAt = null,
            }
            : found;

    private static CaseClock ClockOf(CaseEvent received) =>
        ClockOf(received.ReceiptId, received.ReceivedAt, received.Policy) with
        {
            EvidenceId = received.EvidenceId,
        };

    private static CaseClock ClockOf(AnsweredEvent answered, PolicyEdition policy) =>
        ClockOf(answered.ReceiptId, answered.ReceivedAt, policy);

    private static CaseClock ClockOf(string receiptId, DateTimeOffset receivedAt, PolicyEdition policy) =>
        new()
        {
            Clock = ClockNames.Acceptance,
            Terms = AcceptanceTerms(policy),
            Limit = ClockNames.Acceptance,
            LegalReference = policy.Clocks.Acceptance.LegalReference,
            YellowFromPercent = policy.Clocks.YellowFromPercent,
            StartedAt = StoredTime.From(receivedAt),
            ReceiptId = receiptId,
        };
}
