using System.Text.Json;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using LegFee = Integration.Gateway.JointApplications.Model.LegFee;

namespace Integration.Gateway.JointApplications.Intake;

/// <summary>Understands a status that a provider pushes.</summary>
internal static class StatusReader
{
    private const int LongestDetail = 500;
    private const int MostItems = 20;
    private static readonly string[] s_parties = ["applicant", "provider", "authority"];

    /// <summary>The status, or null and every fault in the list.</summary>
    public static PushedStatus? Read(LegStatusReport report, DateTimeOffset now, FaultList faults)
    {
        Note(CaseRules.OfCaseId(report.StatusId), "/statusId");
        if (!LegId.TryParse(report.LegId, out var legId))
        {
            faults.Add("/legId", report.LegId is null ? "missing" : "structure", "The number of a leg is needed.");
        }

        if (report.State is not { Length: > 0 and <= 64 } || report.State.Any(char.IsControl))
        {
            faults.Add(
                "/state",
                report.State is null ? "missing" : "length",
                "A state or code has 1 to 64 characters."
            );
        }

        Note(CaseRules.OfPast(report.At, now), "/at");
        if (report.Detail is { Length: > LongestDetail })
        {
            faults.Add("/detail", "length", "A detail has 500 characters at most.");
        }

        if (report.Who is { } who && !s_parties.Contains(who, StringComparer.Ordinal))
        {
            faults.Add("/who", "unknown-value", $"One of {string.Join(", ", s_parties)} is expected.");
        }

        if (report.Reference is not null)
        {
            Note(CaseRules.OfReference(report.Reference), "/reference");
        }

        CheckMissing(report.Missing ?? [], faults);
        CheckFees(report.Fees ?? [], faults);
        return faults.IsEmpty
            ? new PushedStatus(
                legId,
                new ReportedStatus(
                    report.StatusId!,
                    report.State!,
                    JsonNames.Find<LegState>(report.State),
                    report.At!.Value
                )
                {
                    Who = report.Who ?? "provider",
                    Missing = report.Missing ?? [],
                    Fees = [.. (report.Fees ?? []).Select(ReadFee)],
                    Reference = report.Reference,
                },
                JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.For<LegStatusReport>())
            )
            : null;

        void Note((string Code, string Message)? fault, string pointer)
        {
            if (fault is { } found)
            {
                faults.Add(pointer, found.Code, found.Message);
            }
        }
    }

    /// <summary>A fee as the leg keeps it.</summary>
    public static LegFee ReadFee(Contracts.V1.JointApplications.LegFee fee) =>
        new() { Name = fee.Name, Amount = fee.Amount };

    private static void CheckMissing(IReadOnlyList<string> missing, FaultList faults)
    {
        if (missing.Count > MostItems || missing.Any(item => item.Length is 0 or > 128 || item.Any(char.IsControl)))
        {
            faults.Add("/missing", "length", "At most 20 items of 1 to 128 characters.");
        }
    }

    private static void CheckFees(IReadOnlyList<Contracts.V1.JointApplications.LegFee> fees, FaultList faults)
    {
        if (fees.Count > MostItems)
        {
            faults.Add("/fees", "length", "At most 20 fees.");
        }

        for (var i = 0; i < fees.Count; i++)
        {
            if (fees[i].Name is not { Length: > 0 and <= 64 })
            {
                faults.Add(
                    $"/fees/{i}/name",
                    fees[i].Name is null ? "missing" : "length",
                    "A fee has a name of 1 to 64 characters."
                );
            }

            if (fees[i].Amount is not >= 0)
            {
                faults.Add(
                    $"/fees/{i}/amount",
                    fees[i].Amount is null ? "missing" : "number-range",
                    "A fee is 0 yuan or more."
                );
            }
        }
    }
}

/// <summary>A status without a fault, and the leg it is about.</summary>
/// <param name="LegId">The leg.</param>
/// <param name="Status">The status.</param>
/// <param name="Raw">Everything that was said.</param>
internal sealed record PushedStatus(LegId LegId, ReportedStatus Status, byte[] Raw)
{
    public override string ToString() => nameof(PushedStatus);
}
