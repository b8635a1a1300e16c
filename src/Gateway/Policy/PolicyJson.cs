using System.Text.Json.Serialization;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Policy;

/// <summary>How policy data are written: camelCase, closed lists by name, nothing unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false,
    Converters = [
        typeof(CamelCaseName<CheckKind>),
        typeof(CamelCaseName<AskMode>),
        typeof(CamelCaseName<ApplicantKind>),
        typeof(CamelCaseName<RequestPart>),
        typeof(CamelCaseName<ConnectionKind>),
        typeof(CamelCaseName<ProofCondition>),
        typeof(CamelCaseName<LimitCondition>),
        typeof(CamelCaseName<ProofSubject>),
        typeof(CamelCaseName<PaperKind>),
        typeof(CamelCaseName<AccountHolder>),
        typeof(CamelCaseName<ReferencePart>),
        typeof(CamelCaseName<EnterpriseSize>),
        typeof(CamelCaseName<ClockKind>),
        typeof(CamelCaseName<Utility>),
        typeof(CamelCaseName<JointKind>),
    ]
)]
[JsonSerializable(typeof(PolicyEdition))]
internal sealed partial class PolicyJson : JsonSerializerContext;
