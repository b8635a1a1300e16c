using System.Reflection;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Integration.Architecture.Tests.Rules;

/// <summary>What the compiled code calls, read from its metadata: no suppression in a source file hides a call.</summary>
internal static partial class MemberRules
{
    /// <summary>Members of <c>BannedSymbols.txt</c> that an assembly refers to.</summary>
    public static IEnumerable<string> Banned(Assembly assembly, IReadOnlySet<string> symbols)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. from reference in module.GetMemberReferences()
            from id in Ids(reference)
            where symbols.Contains(id)
            select $"{assembly.GetName().Name} uses {id}",
            .. from reference in module.GetTypeReferences()
            where symbols.Contains($"T:{reference.FullName}")
            select $"{assembly.GetName().Name} uses T:{reference.FullName}",
        ];
    }

    /// <summary>Calls of members of a type, in any overload.</summary>
    public static IEnumerable<string> CallsOf(Assembly assembly, string type)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. from reference in module.GetMemberReferences()
            where reference.DeclaringType.FullName == type
            select $"{assembly.GetName().Name} calls {reference.FullName}",
        ];
    }

    /// <summary>Methods that make or call what is named here, in any type but those that may.</summary>
    /// <param name="assembly">Where to look.</param>
    /// <param name="members">Full names, <c>Type::Member</c>; of a constructor <c>Type::.ctor</c>.</param>
    /// <param name="allowed">Full names of types, those within them included.</param>
    public static IEnumerable<string> UsedElsewhere(
        Assembly assembly,
        IReadOnlySet<string> members,
        IReadOnlySet<string> allowed
    ) =>
        Calls(assembly)
            .Where(call => members.Contains(call.Member) && !allowed.Contains(call.From))
            .Select(call => $"{call.From} uses {call.Member}");

    /// <summary>
    /// Who calls what, as full names (<c>Type</c>, <c>Type::Member</c>). Code of lambdas, iterators and async methods counts as that of the type
    /// that it stands in.
    /// </summary>
    public static IReadOnlyList<(string From, string Member)> Calls(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. from type in module.GetTypes()
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            let called = instruction.Operand as MethodReference
            where called is not null
            select (Outermost(type).FullName, $"{called.DeclaringType.FullName}::{called.Name}"),
        ];
    }

    private static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;

    public static IReadOnlySet<string> BannedSymbols() =>
        File.ReadLines(Repository.Path("BannedSymbols.txt"))
            .Select(line => line.Split(';')[0].Trim())
            .Where(id => id.Length > 0)
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Ids(MemberReference reference)
    {
        if (reference is not MethodReference method)
        {
            yield break;
        }

        var owner = Generic().Replace(method.DeclaringType.FullName, string.Empty);
        var parameters = string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName));
        yield return parameters.Length == 0 ? $"M:{owner}.{method.Name}" : $"M:{owner}.{method.Name}({parameters})";
        if (method.Name.StartsWith("get_", StringComparison.Ordinal))
        {
            yield return $"P:{owner}.{method.Name[4..]}";
        }
    }

    [GeneratedRegex("<.*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Generic();
}
