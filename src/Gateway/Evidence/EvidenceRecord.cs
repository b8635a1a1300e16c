using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Integration.Adapters.Ports;

namespace Integration.Gateway.Evidence;

/// <summary>
/// The canonical form of a record: JSON in ASCII, members in the order written here, absent members left out, times in
/// UTC with microseconds. What is hashed is what is stored.
/// </summary>
internal static class EvidenceRecord
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static void Write(EvidenceDraft draft, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteString("evidenceId", draft.EvidenceId);
        json.WriteString("kind", NameOf(draft.Kind));
        json.WriteString("caseId", draft.CaseId);
        json.WriteString("parentId", draft.ParentId);
        json.WriteString("callerId", draft.CallerId);
        json.WriteString("purpose", draft.Purpose);
        json.WriteString("basis", draft.Basis);
        json.WriteString("grants", draft.Grants);
        json.WriteString("subject", draft.Subject);
        json.WriteString("outcome", draft.Outcome);
        WriteOptional(json, "detail", draft.Detail);
        json.WriteString("policyVersion", draft.PolicyVersion);
        json.WriteString("at", TextOf(draft.At));
        WriteCall(json, draft.Call);
        WriteFailure(json, draft.Failure);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, CallTrace? call)
    {
        if (call is null)
        {
            return;
        }

        json.WriteStartObject("call");
        json.WriteString("agency", call.Agency);
        json.WriteString("operation", call.Operation);
        json.WriteString("requestId", call.RequestId);
        json.WriteString("askedAt", TextOf(call.AskedAt));
        json.WriteString("answeredAt", TextOf(call.AnsweredAt));
        json.WriteNumber("attempts", call.Attempts);
        WriteOptional(json, "requestDigest", call.RequestDigest);
        WriteOptional(json, "answerDigest", call.AnswerDigest);
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, AgencyFailure? failure)
    {
        if (failure is null)
        {
            return;
        }

        json.WriteStartObject("failure");
        json.WriteString("stage", CamelCase(failure.Stage.ToString()));
        json.WriteString("side", CamelCase(failure.Side.ToString()));
        json.WriteString("code", failure.Code);
        WriteOptional(json, "field", failure.Field);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>A kind as records say it.</summary>
    public static string NameOf(EvidenceKind kind) =>
        kind switch
        {
            EvidenceKind.AgencyCall => "agencyCall",
            EvidenceKind.SharedCall => "sharedCall",
            EvidenceKind.Check => "check",
            EvidenceKind.Decision => "decision",
            EvidenceKind.Act => "act",
            EvidenceKind.Event => "event",
            EvidenceKind.Clock => "clock",
            EvidenceKind.Leg => "leg",
            EvidenceKind.Look => "look",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of evidence without a name."),
        };

    private static string TextOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
