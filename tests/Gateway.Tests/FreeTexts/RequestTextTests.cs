using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Tests.FreeTexts;

/// <summary>
/// Every string of every request is sealed or checked: a member that is added is found here without being named. The list
/// below is of those that are not checked; each is there on purpose.
/// </summary>
public sealed class RequestTextTests
{
    private const string Id = "421022198603173319";

    private static readonly string[] s_unchecked =
    [
        "AccountInput.account Sealed",
        "AgentInput.idNumber Sealed",
        "AgentInput.name Name",
        "ApplicationRequest.account Sealed",
        "ApplicationRequest.formerName Name",
        "EnterpriseInput.legalRepresentative Name",
        "EnterpriseInput.name Sealed",
        "EnterpriseInput.uscc Sealed",
        "EventEnterprise.legalRepresentative Name",
        "EventEnterprise.name Sealed",
        "EventEnterprise.registeredAddress Sealed",
        "EventEnterprise.uscc Sealed",
        "EventInput.partitionkey Sealed",
        "EventInput.subject Sealed",
        "EventInput.traceparent Digits",
        "FormerHolderInput.holder Name",
        "HouseholdMemberInput.idNumber Sealed",
        "HouseholdMemberInput.name Name",
        "LeaseInput.landlordCode Sealed",
        "LeaseInput.landlordName Name",
        "LegResendRequest.account Sealed",
        "LegStatusReport.detail Sealed",
        "MaterialRequest.sha256 Digits",
        "PersonInput.idNumber Sealed",
        "PersonInput.name Name",
        "PremisesInput.address Sealed",
        "PremisesInput.certificateNumber Sealed",
        "PremisesInput.unitNumber Sealed",
        "PropertyInput.certificateNumber Sealed",
        "PropertyInput.holderName Name",
        "PropertyInput.unitNumber Sealed",
        "WithdrawRequest.reason Sealed",
    ];

    /// <summary>Every type that a caller or sender writes.</summary>
    public static TheoryData<string> Requests =>
        new(
            typeof(IntegrationJson)
                .Assembly.GetTypes()
                .Where(type => type.Namespace?.StartsWith("Integration.Contracts.V1", StringComparison.Ordinal) == true)
                .Where(type => type.Name.EndsWith("Request", StringComparison.Ordinal) || IsNamedOtherwise(type))
                .Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_persons_number_in_a_text_that_is_not_sealed_is_a_fault_at_its_place(string name)
    {
        var type = IntegrationJson.Options.GetTypeInfo(typeof(IntegrationJson).Assembly.GetType(name)!);
        var texts = TextsOf(type, [], []).ToList();

        foreach (var (path, kind) in texts)
        {
            var found = FaultsOf(type, BodyOf(path, Id));
            if (found.Where(fault => fault.Code == "missing").ToList() is { Count: > 0 } missing)
            {
                found = FaultsOf(type, Completed(BodyOf(path, Id), missing));
            }

            var clean = FaultsOf(type, BodyOf(path, "PLAIN-1"));
            var pointer = "/" + string.Join('/', path);
            Assert.Equal(kind == TextKind.Free, found.Contains((pointer, FreeText.Code)));
            Assert.DoesNotContain((pointer, FreeText.Code), clean);
        }
    }

    [Fact]
    public void What_is_not_checked_is_listed() =>
        Assert.Equal(
            s_unchecked,
            Requests
                .Select(name => typeof(IntegrationJson).Assembly.GetType((string)name)!)
                .SelectMany(type => Members(IntegrationJson.Options.GetTypeInfo(type), []))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_name_of_any_person_of_a_request_is_looked_for_in_its_texts()
    {
        foreach (var name in Requests.Select(row => (string)row))
        {
            var type = IntegrationJson.Options.GetTypeInfo(typeof(IntegrationJson).Assembly.GetType(name)!);
            var texts = TextsOf(type, [], []).ToList();
            var free = texts.Where(text => text.Kind == TextKind.Free).Select(text => text.Path).ToList();
            foreach (var (path, _) in texts.Where(text => text.Kind == TextKind.Name))
            {
                var body = BodyOf(path, "欧阳不详");
                Put(body, free[0], "同意书（欧阳·不详）");
                Assert.Contains(("/" + string.Join('/', free[0]), FreeText.Code), FaultsOf(type, body));
            }
        }
    }

    private static bool IsNamedOtherwise(Type type) => type == typeof(EventInput) || type == typeof(LegStatusReport);

    private static IEnumerable<string> Members(JsonTypeInfo type, HashSet<Type> seen)
    {
        if (!seen.Add(type.Type))
        {
            yield break;
        }

        foreach (var property in type.Properties)
        {
            if (ElementOf(property.PropertyType) == typeof(string))
            {
                if (BodyTexts.KindOf(property) is var kind and not TextKind.Free)
                {
                    yield return $"{property.DeclaringType.Name}.{property.Name} {kind}";
                }
            }
            else if (IsObject(ElementOf(property.PropertyType)))
            {
                foreach (var member in Members(type.Options.GetTypeInfo(ElementOf(property.PropertyType)), seen))
                {
                    yield return member;
                }
            }
        }
    }

    private static IEnumerable<(string[] Path, TextKind Kind)> TextsOf(JsonTypeInfo type, string[] at, Type[] around)
    {
        if (around.Contains(type.Type))
        {
            yield break;
        }

        foreach (var property in type.Properties)
        {
            var element = ElementOf(property.PropertyType);
            string[] path = element == property.PropertyType ? [.. at, property.Name] : [.. at, property.Name, "0"];
            if (element == typeof(string))
            {
                yield return (path, BodyTexts.KindOf(property));
            }
            else if (IsObject(element))
            {
                foreach (var text in TextsOf(type.Options.GetTypeInfo(element), path, [.. around, type.Type]))
                {
                    yield return text;
                }
            }
        }
    }

    private static Type ElementOf(Type type) =>
        type != typeof(string) && type.GetInterfaces().Append(type).FirstOrDefault(IsSequence) is { } sequence
            ? sequence.GetGenericArguments()[0]
            : type;

    private static bool IsSequence(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);

    private static bool IsObject(Type type) => !type.IsValueType && type.Assembly == typeof(IntegrationJson).Assembly;

    private static JsonObject BodyOf(string[] path, string text)
    {
        var body = new JsonObject();
        Put(body, path, text);
        return body;
    }

    private static void Put(JsonNode node, ReadOnlySpan<string> path, string text)
    {
        var isLast = path.Length == 1;
        JsonNode Next(string after) => after == "0" ? new JsonArray() : new JsonObject();
        if (node is JsonArray array)
        {
            if (array.Count == 0)
            {
                array.Add(isLast ? JsonValue.Create(text) : Next(path[1]));
            }

            if (!isLast)
            {
                Put(array[0]!, path[1..], text);
            }
        }
        else if (isLast)
        {
            node[path[0]] = text;
        }
        else
        {
            node[path[0]] ??= Next(path[1]);
            Put(node[path[0]]!, path[1..], text);
        }
    }

    /// <summary>What is incomplete is refused without being judged further, so what is missing is put beside it.</summary>
    private static JsonObject Completed(JsonObject body, IEnumerable<(string Pointer, string Code)> missing)
    {
        foreach (var (pointer, _) in missing)
        {
            var path = pointer.Split('/')[1..];
            var parent = path[..^1]
                .Aggregate((JsonNode)body, (node, step) => node is JsonArray array ? array[0]! : node[step]!);
            parent[path[^1]] = path[^1] == "requested" ? true : "x";
        }

        return body;
    }

    private static List<(string Pointer, string Code)> FaultsOf(JsonTypeInfo type, JsonObject body) =>
        (List<(string, string)>)
            typeof(RequestTextTests)
                .GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.Type)
                .Invoke(null, [Encoding.UTF8.GetBytes(body.ToJsonString())])!;

    private static List<(string Pointer, string Code)> Read<T>(byte[] body)
        where T : class =>
        StrictJson
            .Understand(body, ApiJson.For<T>(), static (T value, FaultList _) => value)
            .Succeeded(out _, out var no)
            ? []
            : [.. no.Errors!.Select(fault => (fault.Pointer, fault.Code))];
}
