using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Evidence;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Notices;
using Integration.Contracts.V1.Operations;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts;

/// <summary>The one place that says how this API's types look as JSON; both sides use it.</summary>
/// <remarks>
/// camelCase members, enums as camelCase text (never numbers), Chinese unescaped. Duplicate members, comments, trailing
/// commas, numbers as text, null where a value is required and nesting deeper than <see cref="MaxDepth"/> are refused.
/// </remarks>
public static class IntegrationJson
{
    /// <summary>Deepest nesting that is read: 32 levels.</summary>
    public const int MaxDepth = 32;

    /// <summary>For requests: a member that the type does not have is refused too. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    /// <summary>For answers: members added by a newer gateway are skipped, everything else is as strict. Read-only.</summary>
    public static JsonSerializerOptions AnswerOptions { get; } = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>
    /// Gives options made elsewhere (a web host's, say) the rules of <see cref="Options"/>. Resolvers already
    /// there stay, behind ours.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.AllowTrailingCommas = false;
        options.ReadCommentHandling = JsonCommentHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.TypeInfoResolverChain.Insert(0, IntegrationJsonContext.Default);
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.UnmappedMemberHandling = unmapped;
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Metadata of every body of the API, made at compile time.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(VerificationRequest))]
[JsonSerializable(typeof(VerificationResponse))]
[JsonSerializable(typeof(ApplicationRequest))]
[JsonSerializable(typeof(ApplicationResponse))]
[JsonSerializable(typeof(MaterialRequest))]
[JsonSerializable(typeof(CommitmentRequest))]
[JsonSerializable(typeof(WithdrawRequest))]
[JsonSerializable(typeof(EvidenceResponse))]
[JsonSerializable(typeof(AuditResponse))]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(MaintenanceRequest))]
[JsonSerializable(typeof(MaintenanceResponse))]
[JsonSerializable(typeof(MaintenanceEnded))]
[JsonSerializable(typeof(DeadLettersResponse))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(EventReleased))]
[JsonSerializable(typeof(AgenciesResponse))]
[JsonSerializable(typeof(SharingResponse))]
[JsonSerializable(typeof(DiagnosisResponse))]
[JsonSerializable(typeof(CalendarRequest))]
[JsonSerializable(typeof(CalendarResponse))]
[JsonSerializable(typeof(CalendarsResponse))]
[JsonSerializable(typeof(EventInput))]
[JsonSerializable(typeof(EventReceipt))]
[JsonSerializable(typeof(EventBatchResponse))]
[JsonSerializable(typeof(EventResponse))]
[JsonSerializable(typeof(CaseResponse))]
[JsonSerializable(typeof(MilestoneRequest))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(NoticeEvent))]
[JsonSerializable(typeof(NoticesResponse))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayResponse))]
[JsonSerializable(typeof(StopResponse))]
[JsonSerializable(typeof(LimitsReport))]
[JsonSerializable(typeof(JointApplicationRequest))]
[JsonSerializable(typeof(JointApplicationResponse))]
[JsonSerializable(typeof(LegResendRequest))]
[JsonSerializable(typeof(SurveyRequest))]
[JsonSerializable(typeof(ProblemCloseRequest))]
[JsonSerializable(typeof(PermitRequest))]
[JsonSerializable(typeof(LegStatusReport))]
[JsonSerializable(typeof(LegStatusResponse))]
[JsonSerializable(typeof(WorkListResponse))]
internal sealed partial class IntegrationJsonContext : JsonSerializerContext;
