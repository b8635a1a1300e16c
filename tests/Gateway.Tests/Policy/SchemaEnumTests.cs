using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Tests.Policy;

/// <summary>
/// The closed lists of docs/spec/*.schema.json are those of the code: a value that the code knows and a schema does not is refused in
/// every file, and one that the schema knows alone is let through and then fails.
/// </summary>
public class SchemaEnumTests
{
    /// <summary>Words of the schema language, which are no part of a place.</summary>
    private static readonly string[] s_words =
    [
        "properties",
        "items",
        "definitions",
        "$defs",
        "anyOf",
        "oneOf",
        "allOf",
        "if",
        "then",
        "else",
        "enum",
    ];

    private static readonly string[] s_clocks = [ClockNames.Whole, ClockNames.Company, ClockNames.GridWorks];
    private static readonly string[] s_allClocks = [ClockNames.Acceptance, .. s_clocks];
    private static readonly string[] s_methods = ["GET", "POST"];

    /// <summary>Lists whose code is known: file and the end of the place, then the values.</summary>
    private static readonly (string File, string Place, IEnumerable<string> Values)[] s_pinned =
    [
        ("policy", "jointClocks/limits/utility", Names<Utility>()),
        ("policy", "forbidden/utilities", Names<Utility>()),
        ("policy", "allowed/utilities", Names<Utility>()),
        ("policy", "nothingElse", Names<Utility>()),
        ("policy", "jointClocks/limits/kind", Names<JointKind>()),
        ("policy", "jointClocks/limits/applicant", Names<ApplicantKind>()),
        ("policy", "checks/name", Names<CheckKind>()),
        ("policy", "proofs/check", Names<CheckKind>()),
        ("policy", "proofs/subject", Names<ProofSubject>()),
        ("policy", "services/needs", Names<RequestPart>()),
        ("policy", "services/connection", Names<ConnectionKind>()),
        ("policy", "limits/clock", s_clocks),
        ("policy", "milestones/starts", s_clocks),
        ("policy", "milestones/ends", s_allClocks),
        ("policy", "stops/clocks", s_allClocks),
        ("callers", "client/utility", Names<Utility>()),
        ("callers", "client/kind", Names<CallerKind>()),
        ("callers", "limits/priority", Names<CallPriority>()),
        ("callers", "grant/service", ServiceFields.All.Keys),
        ("callers", "grant/purposes", Purposes.All),
        ("callers", "grant/methods", s_methods),
        ("catalogue", "operation/methods", s_methods),
        ("catalogue", "operation/agencyMethod", s_methods),
    ];

    /// <summary>Lists that are data of the policy alone: the code asks the edition for them and knows no value but those named here.</summary>
    private static readonly (string File, string Place, IEnumerable<string> Known)[] s_ofThePolicy =
    [
        ("policy", "milestones/milestone", [MilestoneNames.Accepted, MilestoneNames.Closed]),
        ("policy", "milestones/needs", [MilestoneNames.Accepted, MilestoneNames.Closed]),
        ("policy", "stops/reason", []),
        ("policy", "acceptance/kind", [JsonNamingPolicy.CamelCase.ConvertName(nameof(ClockKind.BusinessMinutes))]),
    ];

    public static TheoryData<string, string> Lists { get; } = [.. All().Select(list => (list.File, list.Place))];

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_closed_list_of_a_schema_is_that_of_the_code(string file, string place)
    {
        var values = All().First(list => (list.File, list.Place) == (file, place)).Values;
        if (
            s_ofThePolicy.FirstOrDefault(known =>
                known.File == file && place.EndsWith($"/{known.Place}", StringComparison.Ordinal)
            ) is
            { File: not null } open
        )
        {
            Assert.Empty(open.Known.Except(values, StringComparer.Ordinal));
            return;
        }

        var pinned = s_pinned.FirstOrDefault(known =>
            known.File == file && place.EndsWith($"/{known.Place}", StringComparison.Ordinal)
        );
        if (pinned.File is not null)
        {
            Assert.Equal(pinned.Values.Order(StringComparer.Ordinal), values);
            return;
        }

        Assert.Contains(Enums(), names => names.SequenceEqual(values));
    }

    [Fact]
    public void Every_list_whose_code_is_known_stands_in_its_schema() =>
        Assert.All(
            s_pinned,
            known =>
                Assert.Contains(
                    All(),
                    list => list.File == known.File && list.Place.EndsWith($"/{known.Place}", StringComparison.Ordinal)
                )
        );

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => NamesOf(typeof(T));

    private static IEnumerable<string> NamesOf(Type type) =>
        Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>The names of every enum of the code, in order.</summary>
    private static IEnumerable<List<string>> Enums() =>
        new[] { typeof(PolicyBook).Assembly, typeof(Utility).Assembly, typeof(IUtilityProvider).Assembly }
            .SelectMany((Assembly assembly) => assembly.GetTypes())
            .Where(type => type.IsEnum)
            .Select(type => NamesOf(type).Order(StringComparer.Ordinal).ToList());

    private static List<(string File, string Place, List<string> Values)> All()
    {
        var found = new List<(string, string, List<string>)>();
        foreach (var file in Directory.EnumerateFiles(Folder(), "*.schema.json"))
        {
            Walk(JsonNode.Parse(File.ReadAllText(file))!, Path.GetFileName(file).Split('.')[0], string.Empty, found);
        }

        return found;
    }

    /// <summary>The place without the words of the schema language, e.g. <c>/jointClocks/limits/utility</c>.</summary>
    private static void Walk(JsonNode? node, string file, string place, List<(string, string, List<string>)> found)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Walk(item, file, place, found);
            }
        }
        else if (node is JsonObject parent)
        {
            if (parent["enum"] is JsonArray values)
            {
                var texts = values.Where(value => value is not null).Select(value => value!.GetValue<string>());
                found.Add((file, place, [.. texts.Order(StringComparer.Ordinal)]));
            }

            foreach (var (name, value) in parent)
            {
                Walk(value, file, s_words.Contains(name) ? place : $"{place}/{name}", found);
            }
        }
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Integration.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "spec");
    }
}
