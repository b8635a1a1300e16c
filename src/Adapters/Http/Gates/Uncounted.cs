using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>Without the gateway no day is counted: an agency with a day's number is refused rather than asked uncounted.</summary>
internal sealed class NothingCounted : IDailyQuotas
{
    public ValueTask<DailyTake> TakeAsync(string name, long perDay, CancellationToken cancellationToken) =>
        ValueTask.FromResult(DailyTake.CannotCount);

    public long? Left(string name, long perDay) => null;
}

/// <summary>There are no operators who could take an agency out of service.</summary>
internal sealed class NothingInMaintenance : IAgencyMaintenance
{
    public AgencyMaintenance? Find(string agency) => null;
}
