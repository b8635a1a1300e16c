using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications.Model;

/// <summary>
/// A provider as the port wants it: an order counts once for its key, and one that was taken back before it came is taken back
/// for ever. What it says besides is as wild as the model likes.
/// </summary>
internal sealed class ModelProvider
{
    private static readonly LegState[] s_way =
    [
        LegState.Accepted,
        LegState.SurveyScheduled,
        LegState.Surveyed,
        LegState.PlanAnswered,
        LegState.AwaitingCustomer,
        LegState.AwaitingPermit,
        LegState.Construction,
        LegState.Inspected,
        LegState.Connected,
        LegState.Closed,
    ];

    private readonly HashSet<string> _takenBackBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepResult> _answeredNo = new(StringComparer.Ordinal);
    private int _statuses;

    public Dictionary<string, HeldOrder> Orders { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys whose work goes on or is done.</summary>
    public IEnumerable<string> Alive => Orders.Where(order => order.Value.IsAlive).Select(order => order.Key);

    /// <summary>It said something that its own records contradict.</summary>
    public bool HasLied { get; private set; }

    public StepResult Send(string key)
    {
        if (_takenBackBefore.Contains(key))
        {
            return SomeLegs.Arrived(reference: null, isWithdrawn: true);
        }

        if (_answeredNo.TryGetValue(key, out var no))
        {
            return no;
        }

        Orders.TryAdd(key, new HeldOrder());
        return Found(key);
    }

    /// <summary>The answer to an order that is not there yet, and to the same order ever after.</summary>
    public StepResult AnswerNo(string key, StepResult no) =>
        Orders.ContainsKey(key) || _takenBackBefore.Contains(key) ? Send(key)
        : _answeredNo.TryAdd(key, no) ? no
        : _answeredNo[key];

    public StepResult Found(string key) =>
        Orders.TryGetValue(key, out var order)
            ? SomeLegs.Arrived($"R-{key}", isWithdrawn: order.IsWithdrawn)
            : new StepResult.NotThere();

    public StepResult Withdraw(string key)
    {
        if (!Orders.TryGetValue(key, out var order))
        {
            _takenBackBefore.Add(key);
            return new StepResult.NotThere();
        }

        if (order.Place > (int)Step.Connected)
        {
            return new StepResult.Refused(SomeLegs.Failure); // it supplies
        }

        order.IsWithdrawn = true;
        return Found(key);
    }

    /// <summary>The work on a key goes one step on; null: there is nothing to do.</summary>
    public ReportedStatus? Advance(string key, DateTimeOffset now)
    {
        if (!Orders.TryGetValue(key, out var order) || !order.IsAlive || order.Place >= s_way.Length)
        {
            return null;
        }

        order.IsReturned = false;
        return Say(order, s_way[order.Place++], now);
    }

    /// <summary>The work stands still.</summary>
    public ReportedStatus? Suspend(string key, DateTimeOffset now) =>
        Orders.TryGetValue(key, out var order) && order.IsAlive && order.Place < s_way.Length
            ? Say(order, LegState.Suspended, now)
            : null;

    /// <summary>The provider wants more before it goes on.</summary>
    public ReportedStatus? Return(string key, DateTimeOffset now)
    {
        if (!Orders.TryGetValue(key, out var order) || !order.IsAlive || order.Place > 1)
        {
            return null;
        }

        order.IsReturned = true;
        return Say(order, LegState.Returned, now);
    }

    /// <summary>Anything, true or not.</summary>
    public ReportedStatus? Lie(string key, LegState? state, DateTimeOffset now)
    {
        if (!Orders.TryGetValue(key, out var order))
        {
            return null;
        }

        HasLied |= state is not null;
        return Say(order, state, now);
    }

    private ReportedStatus Say(HeldOrder order, LegState? state, DateTimeOffset now)
    {
        var status = new ReportedStatus($"s-{++_statuses}", state?.ToString() ?? "x-77", state, now);
        order.Said.Add(status);
        return status;
    }

    private enum Step
    {
        Connected = 8,
    }
}

/// <summary>What the provider holds under one key.</summary>
internal sealed class HeldOrder
{
    public bool IsWithdrawn { get; set; }

    public bool IsReturned { get; set; }

    /// <summary>How many states it has been through.</summary>
    public int Place { get; set; }

    public List<ReportedStatus> Said { get; } = [];

    public bool IsAlive => !IsWithdrawn && !IsReturned;
}
