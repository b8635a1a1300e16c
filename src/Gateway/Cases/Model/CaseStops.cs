using Integration.Contracts.Problems;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>Begins and ends the times in which a clock stands still. Pure.</summary>
internal static class CaseStops
{
    /// <summary>Stops a clock, under all its limits.</summary>
    public static Result<CaseChange> Begin(Case found, AskedStop asked, CaseActor actor)
    {
        var faults = Unknown(found, asked, actor.Policy.Clocks).ToList();
        if (faults.Count > 0)
        {
            return Refusal.RequestInvalid(faults);
        }

        if (found.State != CaseState.Open)
        {
            return CaseMilestones.IsOver;
        }

        var running = found.Clocks.Where(clock => clock.Clock == asked.Clock && clock.IsRunning).ToList();
        if (running.Count == 0)
        {
            return Refusal.StateConflict("This clock does not run.");
        }

        if (running[0].Stops.Any(stop => stop.Reason == asked.Reason && stop.Until is null))
        {
            return Refusal.StateConflict("The clock stands still for this reason already.");
        }

        var stop = new ClockStop
        {
            StopId = actor.NewId("stp"),
            Reason = asked.Reason,
            Evidence = asked.Evidence,
            By = actor.By,
            From = actor.At,
            EvidenceId = actor.NewId("evd"),
        };
        return Changed(
            found,
            clock => running.Contains(clock) ? clock with { Stops = [.. clock.Stops, stop] } : clock,
            new CaseFact(stop.EvidenceId, FactSubjects.Stop, "begun", Detail(asked.Clock, stop), actor.At),
            actor
        );
    }

    /// <summary>Ends a stop; the history keeps it.</summary>
    public static Result<CaseChange> End(Case found, string stopId, CaseActor actor)
    {
        if (Find(found, stopId) is not var (clock, stop))
        {
            return Refusal.NotFound("This stop");
        }

        if (stop.Until is not null)
        {
            return Refusal.StateConflict("This stop has ended already.");
        }

        var evidenceId = actor.NewId("evd");
        return Changed(
            found,
            stopped =>
                stopped with
                {
                    Stops =
                    [
                        .. stopped.Stops.Select(known =>
                            known == stop ? known with { Until = actor.At, EndEvidenceId = evidenceId } : known
                        ),
                    ],
                },
            new CaseFact(evidenceId, FactSubjects.Stop, "ended", Detail(clock, stop), actor.At),
            actor
        );
    }

    public static (string Clock, ClockStop Stop)? Find(Case found, string stopId) =>
        found
            .Clocks.SelectMany(clock => clock.Stops.Select(stop => (clock.Clock, stop)))
            .Where(pair => pair.stop.StopId == stopId)
            .Select(pair => ((string, ClockStop)?)pair)
            .FirstOrDefault();

    /// <summary>The stop that a change has begun.</summary>
    public static ClockStop Newest(CaseChange change, CaseActor actor) =>
        change
            .File.Clocks.SelectMany(clock => clock.Stops)
            .Last(stop => stop.From == actor.At && stop.EvidenceId == change.Facts[0].EvidenceId);

    private static CaseChange Changed(Case found, Func<CaseClock, CaseClock> change, CaseFact fact, CaseActor actor)
    {
        var looked = CaseDeadlineCheck.At(found with { Clocks = [.. found.Clocks.Select(change)] }, actor).Change;
        return looked with { Facts = [fact, .. looked.Facts] };
    }

    private static string Detail(string clock, ClockStop stop) =>
        $"{clock} {stop.Reason} {stop.StopId} {stop.Evidence}";

    private static IEnumerable<FieldFault> Unknown(Case found, AskedStop asked, ClockPolicy policy)
    {
        var clocks = found
            .Clocks.Select(clock => clock.Clock)
            .Concat(policy.Milestones.SelectMany(milestone => milestone.Starts));
        var isClock = clocks.Contains(asked.Clock, StringComparer.Ordinal);
        if (!isClock)
        {
            yield return new FieldFault("/clock", "unknown", "It is not a clock that a case can have.");
        }

        if (policy.Stop(asked.Reason) is not { } reason)
        {
            yield return new FieldFault("/reason", "unknown", "It is not one of the policy's reasons.");
        }
        else if (isClock && !reason.Clocks.Contains(asked.Clock, StringComparer.Ordinal))
        {
            yield return new FieldFault("/reason", "not-allowed", "Policy does not let this reason stop this clock.");
        }
    }
}

/// <summary>A stop as it is asked for.</summary>
internal sealed record AskedStop(string Clock, string Reason, string Evidence);
