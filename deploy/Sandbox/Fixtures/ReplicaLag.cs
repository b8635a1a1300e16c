namespace Integration.Sandbox.Fixtures;

/// <summary>How far the agencies' replicas are behind: a newborn company becomes known some seconds after the start.</summary>
internal sealed class ReplicaLag(TimeProvider time)
{
    private long _startedAt = time.GetTimestamp();

    public void Restart() => Volatile.Write(ref _startedAt, time.GetTimestamp());

    public bool HasCaughtUpWith(Company company) =>
        company.VisibleAfterSeconds == 0
        || time.GetElapsedTime(Volatile.Read(ref _startedAt)) >= TimeSpan.FromSeconds(company.VisibleAfterSeconds);
}
