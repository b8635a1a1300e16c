using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Inbox;

/// <summary>The inbox: unique for ever on source and id. A delivery is one look-up and one commit, however many events it has.</summary>
internal sealed class EventInbox(
    InboxPlanner planner,
    EvidenceLog evidence,
    ConflictAlert alert,
    WorkSignal<EventRow> signal,
    CaseStore cases,
    SlaClock clock
)
{
    /// <summary>Commits what is new and finds what is there already.</summary>
    /// <returns>One outcome for each event; or 503 <c>evidence-unavailable</c>, <c>unavailable</c>: nothing was acknowledged.</returns>
    public Task<Result<DeliveryOutcome>> ReceiveAsync(DeliveredEvents delivery) =>
        ConcurrencyRetry.RunAsync(() => TryReceiveAsync(delivery));

    private async Task<Result<DeliveryOutcome>> TryReceiveAsync(DeliveredEvents delivery)
    {
        if (!(await planner.PlanAsync(delivery)).Succeeded(out var plan, out var unavailable))
        {
            return unavailable;
        }

        if (plan.Drafts.Count == 0)
        {
            return plan.Outcome;
        }

        using var pending = alert.Prepare(delivery, plan.Conflicts);
        var unit = UnitOfWork.From(plan.Drafts);
        var isWork = Insert(unit, delivery, plan);
        unit.AppendRange(pending.Notices);
        var committed = await evidence.CommitAsync(unit, plan.Outcome);
        if (committed.Succeeded(out _, out _))
        {
            pending.Committed();
            if (isWork)
            {
                signal.Raise();
            }
        }

        return committed;
    }

    /// <summary>Adds the rows of what is new.</summary>
    /// <returns>Whether there is something for the worker among it.</returns>
    private bool Insert(UnitOfWork unit, DeliveredEvents delivery, InboxPlan plan)
    {
        var message = plan.Message;
        if (message is not null)
        {
            unit.Append(message);
        }

        unit.AppendRange(plan.Rows);
        foreach (var received in plan.Cases)
        {
            OpenCase(unit, delivery.Source.Name, received);
        }

        foreach (var row in plan.Rows)
        {
            unit.Write(new PassedOverEvent(row));
        }

        return plan.HasWork;
    }

    private void OpenCase(UnitOfWork unit, string source, CaseEvent received) =>
        cases.OpenIfAbsent(
            unit,
            EventTransitions.Open(received, clock),
            new WaitingInCaseRead(source, received),
            (waiting, found) =>
                EventTransitions.Precede(
                    EventTransitions.Receive(found, received, waiting.IsWithdrawn, clock),
                    received,
                    waiting.Openings,
                    clock
                )
        );
}
