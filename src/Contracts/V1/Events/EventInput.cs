using System.Text.Json.Serialization;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.V1.Events;

/// <summary>
/// An event of an enterprise that opens, or of a property that goes over: CloudEvents 1.0 in structured JSON. Content of <c>POST /v1/events</c>; docs/events.md shows
/// how it is signed and sent.
/// </summary>
public sealed record EventInput
{
    /// <summary>Always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion")]
    public string? SpecVersion { get; init; }

    /// <summary>The source's own number of the event, 1 to 128 visible ASCII characters; unique for ever within the source.</summary>
    public string? Id { get; init; }

    /// <summary>The registered name of the sending system.</summary>
    public string? Source { get; init; }

    /// <summary><c>enterprise.opened</c>, <c>enterprise.changed</c>, <c>enterprise.withdrawn</c>, <c>enterprise.intent-changed</c> or <c>registry.transferred</c>.</summary>
    public string? Type { get; init; }

    /// <summary>When it happened at the source.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Left out, or <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype")]
    public string? DataContentType { get; init; }

    /// <summary>The source's schema; not used.</summary>
    [JsonPropertyName("dataschema")]
    public string? DataSchema { get; init; }

    /// <summary>What it is about in the source's words; not used and never kept, because it may name a person.</summary>
    [PersonalData]
    public string? Subject { get; init; }

    /// <summary>Counts the events of one enterprise, or of one property, at one source from 1 without gaps (CloudEvents sequence extension): 1 to 18 digits.</summary>
    public string? Sequence { get; init; }

    /// <summary>Left out, or <c>Integer</c>.</summary>
    [JsonPropertyName("sequencetype")]
    public string? SequenceType { get; init; }

    /// <summary>Added by tracing (W3C trace context); not used.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>Added by tracing (W3C trace context); not used.</summary>
    [JsonPropertyName("tracestate")]
    public string? TraceState { get; init; }

    /// <summary>Added by message brokers (CloudEvents partitioning extension); not used, and never kept on its own.</summary>
    [PersonalData]
    [JsonPropertyName("partitionkey")]
    public string? PartitionKey { get; init; }

    /// <summary>What happened.</summary>
    public EventData? Data { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EventInput);
}

/// <summary>What happened: an enterprise, where it will be, and what it needs; or, alone, a transfer.</summary>
public sealed record EventData
{
    /// <summary>Version of the programme, e.g. <c>9210</c>; 1 to 32 characters.</summary>
    public string? ProgrammeVersion { get; init; }

    /// <summary>The enterprise.</summary>
    public EventEnterprise? Enterprise { get; init; }

    /// <summary>Who acts for it; absent when it acts itself.</summary>
    public AgentInput? Agent { get; init; }

    /// <summary>The place to be supplied; needed when a utility is requested.</summary>
    public PremisesInput? Premises { get; init; }

    /// <summary>What it needs, one tick for each utility; each tick is a consent of its own (个人信息保护法 Art. 23).</summary>
    public EventUtilities? Utilities { get; init; }

    /// <summary>The items of the programme; at most 50.</summary>
    public IReadOnlyList<EventItem>? Items { get; init; }

    /// <summary>The consent on which the data are handed on.</summary>
    public ConsentInput? Consent { get; init; }

    /// <summary>A property that went over; with <c>registry.transferred</c> it is needed and stands alone.</summary>
    public EventTransfer? Transfer { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EventData);
}

/// <summary>A property that went over, and the accounts of utilities that may go with it (不动产+水电气).</summary>
public sealed record EventTransfer
{
    /// <summary>The new holder, to whom the accounts go.</summary>
    public ApplicantInput? Applicant { get; init; }

    /// <summary>Who acts for the new holder (代办); absent when the holder acts.</summary>
    public AgentInput? Agent { get; init; }

    /// <summary>The legal basis of what is fetched and verified (个人信息保护法 Art. 13).</summary>
    public LegalBasis? Basis { get; init; }

    /// <summary>The property: its unit number, or else its certificate number, is needed.</summary>
    public PremisesInput? Premises { get; init; }

    /// <summary>The former holder, and the accounts that still run under that name.</summary>
    public FormerHolderInput? Former { get; init; }

    /// <summary>The utilities whose accounts the new holder wants to take over, each with its own consent; none: nothing is opened.</summary>
    public IReadOnlyList<UtilityWish>? Utilities { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EventTransfer);
}

/// <summary>The enterprise of an event.</summary>
public sealed record EventEnterprise
{
    /// <summary>Registered name.</summary>
    [PersonalData]
    public string? Name { get; init; }

    /// <summary>Unified social credit code.</summary>
    [PersonalData]
    public string? Uscc { get; init; }

    /// <summary>Legal form in the source's words.</summary>
    public string? EntityType { get; init; }

    /// <summary>Name of the legal representative.</summary>
    [PersonalData]
    public string? LegalRepresentative { get; init; }

    /// <summary>Registered address.</summary>
    [PersonalData]
    public string? RegisteredAddress { get; init; }

    /// <summary>Industry (GB/T 4754).</summary>
    public string? IndustryCode { get; init; }

    /// <summary>Day of establishment.</summary>
    public DateOnly? EstablishedOn { get; init; }

    /// <summary>Size class in the source's words; the register's word counts.</summary>
    public string? EnterpriseSize { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EventEnterprise);
}

/// <summary>What an enterprise needs.</summary>
public sealed record EventUtilities
{
    /// <summary>Electricity.</summary>
    public UtilityIntention? Electricity { get; init; }

    /// <summary>Water.</summary>
    public UtilityIntention? Water { get; init; }

    /// <summary>Gas.</summary>
    public UtilityIntention? Gas { get; init; }

    /// <summary>Network.</summary>
    public UtilityIntention? Network { get; init; }

    /// <summary>Television.</summary>
    public UtilityIntention? Television { get; init; }
}

/// <summary>One tick.</summary>
public sealed record UtilityIntention
{
    /// <summary>Whether it is wanted.</summary>
    public bool? Requested { get; init; }

    /// <summary>Capacity wanted, kW; electricity only. More than 0, at most 100,000.</summary>
    public decimal? CapacityKw { get; init; }

    /// <summary>What it is used for; at most 64 characters.</summary>
    public string? Use { get; init; }

    /// <summary>When it is wanted.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>The consent to hand the data to this receiver.</summary>
    public ConsentInput? Consent { get; init; }
}

/// <summary>One item of the programme.</summary>
/// <param name="Code">The item, e.g. <c>electricity</c>.</param>
/// <param name="Requested">Whether it was asked for.</param>
/// <param name="Status">Where it stands, in the source's words.</param>
public sealed record EventItem(string? Code, bool? Requested, string? Status);
