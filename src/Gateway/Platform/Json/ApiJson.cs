using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Gateway.Platform.Json;

/// <summary>How the API writes and reads its types: camelCase, names for enumerations, nothing dynamic.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(CamelCase<RetryAdvice>),
        typeof(CamelCase<BasisKind>),
        typeof(CamelCase<CheckName>),
        typeof(CamelCase<CheckOutcome>),
        typeof(CamelCase<Tenure>),
        typeof(CamelCase<ApplicationState>),
        typeof(CamelCase<DecisionOutcome>),
        typeof(CamelCase<ProofSource>),
    ]
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(VerificationRequest))]
[JsonSerializable(typeof(VerificationAnswer))]
[JsonSerializable(typeof(ApplicationRequest))]
[JsonSerializable(typeof(ApplicationAnswer))]
[JsonSerializable(typeof(MaterialRequest))]
[JsonSerializable(typeof(CommitmentRequest))]
[JsonSerializable(typeof(WithdrawRequest))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>Enumerations travel by name, never by number.</summary>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
