using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>
/// What events do to the acceptance clocks of a case, as pure functions of its file. An acceptance clock belongs to an event: it
/// runs from that event's receipt until its turn has come and something was accepted or found to need no acceptance.
/// </summary>
internal static class EventActs
{
    /// <summary>What an event may wait for acceptance.</summary>
    public static ClockTerms AcceptanceTerms(PolicyEdition policy) =>
        new(policy.Clocks.Acceptance.Kind, policy.Clocks.Acceptance.Minutes);

    /// <summary>An event opens a case: acceptance runs from its receipt, where there is something to accept.</summary>
    public static CaseFile Open(CaseEvent received, SlaClock clock)
    {
        var at = StoredTime.Of(received.ReceivedAt);
        var file = new CaseFile
        {
            CaseId = received.CaseId,
            CallerId = received.CallerId,
            ReportedBy = received.ReportedBy,
            Purpose = received.Purpose,
            OpenedAt = at,
            PolicyVersion = received.Policy.Version,
            Clocks = received.NeedsNoAcceptance ? [] : [ClockOf(received)],
        };
        return file with { WakeAt = CaseReading.NextLook(file, clock, at) };
    }

    /// <summary>
    /// An event is received in a case that is there. An opening gets an acceptance clock of its own, unless an application is in
    /// force that it can only change; any other event only when nothing but withdrawals came before.
    /// </summary>
    /// <param name="file">The case.</param>
    /// <param name="received">The event.</param>
    /// <param name="isWithdrawalWaiting">Whether a withdrawal that was received waits for its turn.</param>
    /// <param name="clock">For the next moment somebody has to look.</param>
    public static CaseFile Receive(CaseFile file, CaseEvent received, bool isWithdrawalWaiting, SlaClock clock)
    {
        var isChange = file is { State: CaseState.Open or CaseState.Closed, AcceptedAt: not null };
        var isAwaited = received.IsOpening
            ? !isChange || isWithdrawalWaiting
            : !received.NeedsNoAcceptance && !file.Clocks.Any(IsAcceptance);
        if (!isAwaited)
        {
            return file;
        }

        var awaiting = file with { Clocks = [.. file.Clocks, ClockOf(received)] };
        return awaiting with { WakeAt = CaseReading.NextLook(awaiting, clock, StoredTime.Of(received.ReceivedAt)) };
    }

    /// <summary>Acceptance of an event is done although nothing was applied for.</summary>
    public static CaseFile EndAcceptance(
        CaseFile file,
        AnsweredEvent answered,
        PolicyEdition policy,
        DateTimeOffset at
    ) =>
        Reopened(file) with
        {
            WakeAt = StoredTime.Of(at), // whoever looks tells its last colour
            Clocks = Ended(file.Clocks, answered, policy, StoredTime.Of(at), evidenceId: null),
        };

    /// <summary>
    /// Electricity is not wanted any more, other utilities are: its clocks and their stops end, and the case goes on as one
    /// without an application.
    /// </summary>
    public static CaseFile EndElectricity(CaseFile file, AnsweredEvent answered, SlaClock clock, DateTimeOffset at)
    {
        var moment = StoredTime.Of(at);
        var without = file with
        {
            State = CaseState.Open,
            ApplicationId = null,
            AcceptedAt = null,
            ClosedAt = null,
            TakenBackAt = moment,
            FirstTraceAt = null,
            Clocks =
            [
                .. file.Clocks.Select(running =>
                    ClockNames.Electricity.Contains(running.Clock, StringComparer.Ordinal)
                    && !IsAwaited(running, answered)
                        ? CaseMilestones.TakenBack(running, moment, evidenceId: null)
                        : running
                ),
            ],
        };
        return without with { WakeAt = CaseReading.NextLook(without, clock, moment) };
    }

    /// <summary>An event is handed to people: its acceptance goes on running, so that nobody forgets it.</summary>
    public static CaseFile AwaitReview(
        CaseFile file,
        AnsweredEvent answered,
        PolicyEdition policy,
        SlaClock clock,
        DateTimeOffset at
    )
    {
        var opened = Reopened(file);
        if (opened.AcceptedAt is not null || opened.Clocks.Any(running => IsDone(running, answered)))
        {
            return opened;
        }

        var awaiting = opened with { Clocks = [.. opened.Clocks, ClockOf(answered, policy)] };
        return awaiting with { WakeAt = CaseReading.NextLook(awaiting, clock, StoredTime.Of(at)) };
    }

    /// <summary>An event was done without effect: nothing of it is waited for any more.</summary>
    /// <param name="file">The case.</param>
    /// <param name="answered">The event.</param>
    /// <param name="isTakenBack">The enterprise is withdrawn: a case in which nothing was accepted is over.</param>
    /// <param name="at">When.</param>
    /// <returns>The same object when nothing changes.</returns>
    public static CaseFile PassOver(CaseFile file, AnsweredEvent answered, bool isTakenBack, DateTimeOffset at)
    {
        var isOver = isTakenBack && file is { State: CaseState.Open, AcceptedAt: null };
        if (isOver)
        {
            return CaseActs.Withdraw(file, at, evidenceId: null, answered).File;
        }

        return file.Clocks.Any(running => running.IsRunning && running.ReceiptId == answered.ReceiptId)
            ? file with
            {
                WakeAt = StoredTime.Of(at),
                Clocks =
                [
                    .. file.Clocks.Select(running =>
                        running.IsRunning && running.ReceiptId == answered.ReceiptId
                            ? CaseMilestones.Ended(running, StoredTime.Of(at), evidenceId: null)
                            : running
                    ),
                ],
            }
            : file;
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
    private static CaseFile Reopened(CaseFile file) =>
        file.State == CaseState.Withdrawn
            ? file with
            {
                State = CaseState.Open,
                ClosedAt = null,
                AcceptedAt = null,
            }
            : file;

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
            StartedAt = StoredTime.Of(receivedAt),
            ReceiptId = receiptId,
        };
}
