using System.Text.Json;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Notices;

namespace Integration.Gateway.Cases.Model;

/// <summary>What the steps of a case tell: numbers and codes, nothing personal. Pure.</summary>
internal static class CaseNotices
{
    /// <summary>An application was accepted, or took the place of another.</summary>
    public static Notice Accepted(CaseAcceptance acceptance) =>
        new()
        {
            Type = acceptance.Replaces is null ? NoticeTypes.CaseAccepted : NoticeTypes.CaseChanged,
            CallerId = acceptance.CallerId,
            CaseId = acceptance.CaseId,
            At = acceptance.At,
            Data = new Dictionary<string, string?>(acceptance.Told, StringComparer.Ordinal)
            {
                ["applicationId"] = acceptance.ApplicationId,
                ["decision"] = acceptance.Decision,
                ["replaces"] = acceptance.Replaces,
            },
        };

    /// <summary>A clock turned yellow or red.</summary>
    public static Notice ColourChanged(Case found, CaseClock clock, DateTimeOffset at) =>
        From(
            found,
            clock.Told == ClockColour.Red ? NoticeTypes.ClockOverdue : NoticeTypes.ClockWarning,
            at,
            new(StringComparer.Ordinal)
            {
                ["clock"] = clock.Clock,
                ["limit"] = clock.Limit,
                ["colour"] = Name(clock.Told),
                ["serviceType"] = found.ServiceType,
            }
        );

    /// <summary>A colour as it is told.</summary>
    public static string Name(ClockColour colour) => JsonNamingPolicy.CamelCase.ConvertName(colour.ToString());

    /// <summary>A notice of a case.</summary>
    public static Notice From(Case found, string type, DateTimeOffset at, Dictionary<string, string?> data) =>
        new()
        {
            Type = type,
            CallerId = found.CallerId,
            CaseId = found.CaseId,
            At = at,
            Data = data,
        };
}
