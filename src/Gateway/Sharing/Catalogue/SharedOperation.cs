using System.Collections.Frozen;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>Where a parameter of a question stands.</summary>
internal enum BoundPlace
{
    Body,
    Query,
    Path,
}

/// <summary>One operation of the catalogue in force, checked and ready to be used by many requests at once.</summary>
internal sealed class SharedOperation
{
    public SharedOperation(
        ResourceEntry resource,
        OperationEntry entry,
        ForwardableAgency agency,
        IForwardedService service
    )
    {
        (Resource, Entry, Agency, Service) = (resource, entry, agency, service);
        Dialect = agency.Dialects.Single(dialect => dialect.Name == resource.Dialect);
        Path = Parsed(entry.Path);
        Target = Parsed(Dialect.Path?.TrimStart('/') ?? entry.Target!);
        Methods = entry.Methods.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Filter = AnswerFilter.For(Dialect.Answer);
        RequestTree = FieldTree.Parse(entry.Request.Fields, ignoreCase: false);
        Fields = entry.Answer.Fields.ToFrozenSet(StringComparer.Ordinal);
        (From, Until) = (FirstMoment(resource.ValidFrom), MomentAfter(resource.ValidUntil));
        Limits = entry.Limits;
    }

    public ResourceEntry Resource { get; }

    public OperationEntry Entry { get; }

    public ForwardableAgency Agency { get; }

    public ForwardingDialect Dialect { get; }

    public IForwardedService Service { get; }

    /// <summary>After <c>/share/{resource}/</c>.</summary>
    public PathTemplate Path { get; }

    /// <summary>Under the agency's address.</summary>
    public PathTemplate Target { get; }

    public FrozenSet<string> Methods { get; }

    public AnswerFilter Filter { get; }

    /// <summary>What a body may hold.</summary>
    public FieldTree RequestTree { get; }

    /// <summary>What grants may name.</summary>
    public FrozenSet<string> Fields { get; }

    public LimitsEntry Limits { get; }

    /// <summary>Name of route, metric label and evidence subject: <c>resource/operation</c>.</summary>
    public string Name => field ??= $"{Resource.Resource}/{Entry.Operation}";

    /// <summary>How grants name the resource.</summary>
    public string GrantName => field ??= GrantNameOf(Resource.Resource);

    /// <summary>What allows it, for evidence.</summary>
    public string Approval => field ??= $"{Resource.CatalogueId}; {Resource.ApprovalNumber}";

    /// <summary>First moment of its approval.</summary>
    public DateTimeOffset From { get; }

    /// <summary>First moment after its approval.</summary>
    public DateTimeOffset Until { get; }

    public static string GrantNameOf(string resource) => $"share:{resource}";

    /// <summary>Whether the approval of the resource holds.</summary>
    public bool IsApprovedAt(DateTimeOffset moment) => From <= moment && moment < Until;

    /// <summary>What leaves under a grant of these fields: they and the envelope.</summary>
    public FieldTree Granted(IEnumerable<string> fields) =>
        FieldTree.Parse(
            fields.Where(Fields.Contains).Concat(Entry.Answer.Envelope),
            Entry.Answer.IgnoreCase,
            Watched(Entry.Answer)
        );

    /// <summary>The places of a question at which a parameter of a binding may stand; a catalogue has exactly one of each.</summary>
    public static IEnumerable<BoundPlace> PlacesOf(OperationEntry operation, string parameter)
    {
        if (operation.Request.Fields.Contains(parameter, StringComparer.Ordinal))
        {
            yield return BoundPlace.Body;
        }

        if (operation.Request.Query.Contains(parameter, StringComparer.Ordinal))
        {
            yield return BoundPlace.Query;
        }

        if (PathTemplate.Parse(operation.Path).Template?.Parameters.Contains(parameter, StringComparer.Ordinal) == true)
        {
            yield return BoundPlace.Path;
        }
    }

    private static IEnumerable<(string Path, int Index)> Watched(AnswerEntry answer) =>
        answer
            .Bind.Select((bind, index) => (bind.Field, index + 1))
            .Concat(answer.Codes is { } codes ? [(codes.Field, AnswerWatch.CodeIndex)] : []);

    private static PathTemplate Parsed(string text) =>
        PathTemplate.Parse(text).Template ?? throw new ArgumentException("It is no path template.", nameof(text));

    /// <summary>Approval documents name days, and days are those of China.</summary>
    private static DateTimeOffset FirstMoment(DateOnly day) =>
        day == DateOnly.MinValue ? DateTimeOffset.MinValue : Clocks.ChinaTime.At(day, TimeOnly.MinValue);

    private static DateTimeOffset MomentAfter(DateOnly day) =>
        day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : FirstMoment(day.AddDays(1));
}
