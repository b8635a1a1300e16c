using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;

namespace Integration.Gateway.Tests.Cases;

/// <summary>Cases, actors and moments for the pure tests.</summary>
internal static class CaseBuilder
{
    private static readonly string[] s_hours = ["08:30-12:00", "14:00-17:30"];
    private static readonly PolicyFile s_shipped = PolicyFile.In(directory: null).Single();
    private static int s_numbers;

    public static PolicyEdition Policy { get; } = PolicyBook.Open([s_shipped], Agencies.All).Version("gongan-2022.1");

    public static SlaClock Clock { get; } =
        new(
            new LimitClock(
                new WorkingCalendar(CalendarFiles.Embedded()),
                BusinessHours.Parse(s_hours, [])!,
                acceptanceDayCounts: false
            )
        );

    public static CaseActor At(string moment, string by = "electricity") =>
        new()
        {
            By = by,
            At = Time(moment),
            Policy = Policy,
            Clock = Clock,
            NewId = prefix => FormattableString.Invariant($"{prefix}_{Interlocked.Increment(ref s_numbers)}"),
        };

    /// <summary>A case of a small company, accepted on Monday 2026-11-23 at 09:00.</summary>
    public static Case Accepted(string at = "2026-11-23T09:00:00+08:00", params string[] limits) =>
        CaseTransitions.Accept(found: null, Acceptance(at, limits), Clock).File;

    public static CaseAcceptance Acceptance(string at, params string[] limits) =>
        new()
        {
            CaseId = "HALL-1",
            CallerId = "hall",
            Purpose = "electricity.new-connection",
            ServiceType = "low-voltage-nonresidential-new",
            ApplicationId = "app_1",
            Decision = "zeroCertificate",
            At = Time(at),
            Policy = Policy,
            Limits = [.. Policy.Limits.Where(limit => limits.Contains(limit.Name, StringComparer.Ordinal))],
            EvidenceId = "evd_accepted",
        };

    public static Case OpenedByEvent(string at) => EventTransitions.Open(Event(at), Clock);

    /// <summary>An opening.</summary>
    public static CaseEvent Event(string at, string receiptId = "evr_1") =>
        new()
        {
            CaseId = "9210-1",
            CallerId = "hall",
            ReportedBy = "municipal",
            Purpose = "enterprise.opening",
            ReceiptId = receiptId,
            ReceivedAt = Time(at),
            Policy = Policy,
            EvidenceId = "evd_event",
            IsOpening = true,
        };

    /// <summary>The turn of an event while others wait.</summary>
    public static AnsweredEvent Turn(string at, string receiptId, params string[] waiting) =>
        new(receiptId, Time(at), receiptId => waiting.Contains(receiptId, StringComparer.Ordinal));

    public static Case Reach(Case file, string milestone, string at) =>
        Changed(CaseMilestones.Reach(file, milestone, At(at))).File;

    public static Case Stop(Case file, string clock, string reason, string at) =>
        Changed(CaseStops.Begin(file, new AskedStop(clock, reason, "DOC-1"), At(at))).File;

    public static CaseChange Changed(Integration.Gateway.Platform.Problems.Result<CaseChange> acted) =>
        acted.Succeeded(out var change, out var refusal) ? change : throw new InvalidOperationException(refusal.Detail);

    public static ClockResponse Read(Case file, string clock, string at) =>
        CaseResponses.From(file.Clocks.First(running => running.Clock == clock), Clock, Time(at));

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
