using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications.Model;

/// <summary>
/// One leg, its provider and all that is on its way between them. Each act is followed by a look at what always has to hold.
/// Works a leg exactly as the gateway does: table, record that it begins, provider, conclusion.
/// </summary>
internal sealed class LegModel(UtilityHabits habits)
{
    private readonly List<(Leg Before, StepResult Result)> _lateAnswers = [];
    private readonly List<Action> _lateRequests = [];
    private readonly List<ReportedStatus> _onTheWay = [];
    private readonly HashSet<string> _received = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknownKeys = new(StringComparer.Ordinal);
    private DateTimeOffset _now = SomeLegs.Now;

    public Leg Leg { get; private set; } = SomeLegs.In(LegWork.Send);

    public ModelProvider Provider { get; } = new();

    /// <summary>The first thing that did not hold; null: everything did.</summary>
    public string? Broken { get; private set; }

    public List<string> Story { get; } = [];

    public void Do(Act act)
    {
        _now = _now.AddSeconds(1);
        var before = Leg;
        switch (act.Kind)
        {
            case ActKind.Wake:
                Wake(act.Fate);
                break;
            case ActKind.LateAnswer:
                LateAnswer(act.Number);
                break;
            case ActKind.LateRequest:
                LateRequest(act.Number);
                break;
            case ActKind.Work:
                Put(Provider.Advance(KeyAt(act.Number), _now));
                break;
            case ActKind.Suspend:
                Put(Provider.Suspend(KeyAt(act.Number), _now));
                break;
            case ActKind.Return:
                Put(Provider.Return(KeyAt(act.Number), _now));
                break;
            case ActKind.Lie:
                Put(Provider.Lie(KeyAt(act.Number), act.State, _now));
                break;
            case ActKind.Status:
                Status(act.Number, act.Fate == Fate.Answered);
                break;
            case ActKind.Take:
                Take();
                break;
            case ActKind.Withdraw:
                Leg = LegTransitions.Withdraw(Leg, _now).Succeeded(out var withdrawn, out _) ? withdrawn : Leg;
                break;
            case ActKind.Resend:
                Leg = LegTransitions.Resend(Leg, [], [], _now).Succeeded(out var resent, out _) ? resent : Leg;
                break;
            default:
                throw new InvalidOperationException();
        }

        Story.Add($"{act}: {Leg.State} {Leg.Work} #{Leg.Sending} {(Leg.IsUnwanted ? "unwanted" : "")}");
        Look(before);
    }

    /// <summary>Everything on its way arrives, the provider is well and goes on until nothing moves; bounded.</summary>
    public bool ComesToRest()
    {
        for (var turn = 0; turn < 60; turn++)
        {
            while (_lateRequests.Count > 0)
            {
                Do(new Act(ActKind.LateRequest));
            }

            while (_lateAnswers.Count > 0)
            {
                Do(new Act(ActKind.LateAnswer));
            }

            while (_onTheWay.Count > 0)
            {
                Do(new Act(ActKind.Status));
            }

            if (Leg is { WakeAt: null, Work: LegWork.Hold or LegWork.Done } || Broken is not null)
            {
                return true;
            }

            Do(new Act(ActKind.Wake));
            Do(new Act(ActKind.Take));
            foreach (var key in Provider.Alive.ToList())
            {
                Put(Provider.Advance(key, _now = _now.AddSeconds(1)));
            }
        }

        return Leg.Work == LegWork.Watch;
    }

    private void Wake(Fate fate)
    {
        if (Leg.WakeAt is not { } moment)
        {
            return;
        }

        _now = moment > _now ? moment : _now;
        var action = LegTable.StepOf(Leg.Work, habits);
        switch (action)
        {
            case LegStep.None:
                Leg = Leg with { WakeAt = null };
                break;
            case LegStep.List:
                Leg = Leg with { Work = LegWork.Listed, WakeAt = null };
                break;
            case LegStep.ListWithdrawal:
                Leg = Leg with { Work = LegWork.ListedWithdrawal, WakeAt = null };
                break;
            case LegStep.Poll:
                Poll(fate);
                break;
            default:
                Call(action, fate);
                break;
        }
    }

    private void Call(LegStep action, Fate fate)
    {
        var before = Leg;
        var key = before.Key.Key;
        if (action == LegStep.Send && _unknownKeys.Contains(key))
        {
            Broken ??= $"{key} was sent again before anybody asked whether it had arrived.";
        }

        Leg = LegTable.Begun(before, action, _now);
        switch (fate)
        {
            case Fate.NotSent:
                End(before, new StepResult.NotSent(SomeLegs.Failure));
                return;
            case Fate.RequestLost:
                Silent(before, action, key);
                return;
            case Fate.RequestLate:
                _lateRequests.Add(() => At(action, key));
                Silent(before, action, key);
                return;
            case Fate.AnswerLost:
                At(action, key);
                Silent(before, action, key);
                return;
            case Fate.AnswerLate:
                _lateAnswers.Add((before, At(action, key)));
                Unknown(action, key);
                return;
            case Fate.Killed:
                At(action, key);
                Unknown(action, key);
                return;
            case Fate.Rejected when action == LegStep.Send:
                End(before, Provider.AnswerNo(key, new StepResult.Refused(SomeLegs.Failure)));
                return;
            case Fate.Rejected:
                End(before, new StepResult.Refused(SomeLegs.Failure));
                return;
            case Fate.Returned when action == LegStep.Send:
                End(before, Provider.AnswerNo(key, SomeLegs.Arrived(reference: null, missing: ["lease"])));
                return;
            case Fate.Forgotten when action == LegStep.Find && before.Work == LegWork.Ask:
                _unknownKeys.Remove(key);
                End(before, new StepResult.NotThere());
                return;
            default:
                End(before, At(action, key));
                return;
        }
    }

    private StepResult At(LegStep action, string key)
    {
        if (action == LegStep.Find)
        {
            _unknownKeys.Remove(key);
        }

        return action switch
        {
            LegStep.Send => Provider.Send(key),
            LegStep.Withdraw => Provider.Withdraw(key),
            _ => Provider.Found(key),
        };
    }

    private void Silent(Leg before, LegStep action, string key)
    {
        Unknown(action, key);
        End(before, new StepResult.Silent(SomeLegs.Failure));
    }

    private void Unknown(LegStep action, string key)
    {
        if (action == LegStep.Send)
        {
            _unknownKeys.Add(key);
        }
    }

    private void End(Leg before, StepResult result) => Leg = LegConclusion.Apply(before, Leg, result, habits, _now);

    private void Poll(Fate fate)
    {
        if (fate is Fate.Answered or Fate.Returned or Fate.Forgotten)
        {
            foreach (var status in Provider.Orders.GetValueOrDefault(Leg.Key.Key)?.Said.ToList() ?? [])
            {
                Receive(status);
            }

            Leg = Leg.Work == LegWork.Watch ? Leg with { Silences = 0, WakeAt = LegTable.NextLook(habits, _now) } : Leg;
        }
        else
        {
            Leg = LegTable.Later(Leg, _now);
        }
    }

    private void LateAnswer(int number)
    {
        if (_lateAnswers.Count > 0)
        {
            var (before, result) = _lateAnswers[number % _lateAnswers.Count];
            _lateAnswers.Remove((before, result));
            End(before, result);
        }
    }

    private void LateRequest(int number)
    {
        if (_lateRequests.Count > 0)
        {
            var request = _lateRequests[number % _lateRequests.Count];
            _lateRequests.Remove(request);
            request();
        }
    }

    private void Status(int number, bool once)
    {
        if (_onTheWay.Count > 0)
        {
            var status = _onTheWay[number % _onTheWay.Count];
            if (once)
            {
                _onTheWay.Remove(status);
            }

            Receive(status);
        }
    }

    private void Receive(ReportedStatus status)
    {
        if (_received.Add(status.StatusId))
        {
            (Leg, _) = LegStatuses.Apply(Leg, status, LegTable.NextLook(habits, _now), _now);
        }
    }

    private void Take()
    {
        if (Leg.Work == LegWork.Listed)
        {
            Provider.Send(Leg.Key.Key);
        }
        else if (Leg.Work == LegWork.ListedWithdrawal)
        {
            Provider.Withdraw(Leg.Key.Key);
        }

        Leg = LegTransitions.Taken(Leg, _now);
    }

    /// <summary>A provider that is polled keeps what it says until it is asked.</summary>
    private void Put(ReportedStatus? status)
    {
        if (status is not null && habits.PollEvery is null)
        {
            _onTheWay.Add(status);
        }
    }

    private string KeyAt(int number) =>
        Provider.Orders.Count == 0 ? string.Empty : Provider.Orders.Keys.ElementAt(number % Provider.Orders.Count);

    private void Look(Leg before)
    {
        var isNewSending = Leg.Sending > before.Sending;
        Check(!before.HasEnded || before.State == Leg.State, "An end is an end.");
        Check(
            Leg.HasEnded
                || before.HasEnded
                || isNewSending
                || LegStatuses.OrderOf(Leg.Reached) >= LegStatuses.OrderOf(before.Reached),
            "A leg never goes back."
        );
        Check(!isNewSending || before.Work == LegWork.Hold, "A new key only when the old one rests.");
        Check(Provider.HasLied || Provider.Alive.Count() <= 1, "Two keys of one leg are at work at the provider.");
        Check(!Leg.HasEnded || Leg is { WakeAt: null } || Leg.IsUnwanted, "What has ended is not woken.");
        Check(Leg.Work is not (LegWork.Send or LegWork.Ask) || Leg.WakeAt is not null, "Work without a wake-up.");
        Check(
            Leg.Work is not (LegWork.Withdraw or LegWork.AskWithdrawn) || Leg.WakeAt is not null,
            "A withdrawal without a wake-up."
        );
    }

    private void Check(bool holds, string what)
    {
        if (!holds)
        {
            Broken ??= what;
        }
    }
}

/// <summary>One thing that happens in the model.</summary>
internal sealed record Act(ActKind Kind, Fate Fate = Fate.Answered, int Number = 0, LegState? State = null);

internal enum ActKind
{
    Wake,
    LateAnswer,
    LateRequest,
    Work,
    Suspend,
    Return,
    Lie,
    Status,
    Take,
    Withdraw,
    Resend,
}
