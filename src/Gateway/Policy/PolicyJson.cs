using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.Policy;

/// <summary>How policy data are written: camelCase, closed lists by name, nothing unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false,
    Converters = [
        typeof(PolicyName<CheckKind>),
        typeof(PolicyName<AskMode>),
        typeof(PolicyName<ApplicantKind>),
        typeof(PolicyName<RequestPart>),
        typeof(PolicyName<ConnectionKind>),
        typeof(PolicyName<ProofCondition>),
        typeof(PolicyName<LimitCondition>),
        typeof(PolicyName<ProofSubject>),
        typeof(PolicyName<PaperKind>),
        typeof(PolicyName<AccountHolder>),
        typeof(PolicyName<ReferencePart>),
        typeof(PolicyName<EnterpriseSize>),
        typeof(PolicyName<ClockKind>),
        typeof(PolicyName<Utility>),
        typeof(PolicyName<JointKind>),
    ]
)]
[JsonSerializable(typeof(PolicyEdition))]
internal sealed partial class PolicyJson : JsonSerializerContext;

/// <summary>Members of closed lists travel by name.</summary>
internal sealed class PolicyName<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
