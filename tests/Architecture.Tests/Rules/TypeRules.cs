using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Integration.Architecture.Tests.Rules;

/// <summary>What types may look like.</summary>
internal static partial class TypeRules
{
    private const int MostDependencies = 6;
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly string[] s_saysNothing = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common"];

    /// <summary>Public is what others compile against: the contracts, the ports, and the one registration.</summary>
    public static IEnumerable<string> NotInternal(IEnumerable<Type> types) =>
        from type in Written(types)
        where type.IsPublic && !IsPublicOnPurpose(type)
        select $"{type.FullName} is public";

    public static IEnumerable<string> NotSealed(IEnumerable<Type> types) =>
        from type in Written(types)
        where type is { IsClass: true, IsSealed: false, IsAbstract: false }
        select $"{type.FullName} is open for inheritance";

    public static IEnumerable<string> NamedForNothing(IEnumerable<Type> types) =>
        from type in Written(types)
        from word in Words().Matches(type.FullName!).Select(match => match.Value)
        where s_saysNothing.Contains(word, StringComparer.Ordinal)
        select $"{type.FullName} is named {word}";

    /// <summary>A factory says what it does: Create, From, Parse, For. "Of" says nothing without the name before it.</summary>
    public static IEnumerable<string> NamedOf(IEnumerable<Type> types) =>
        from type in Written(types)
        from name in type.GetMethods(Declared).Select(method => method.Name).Append(type.Name)
        where name == "Of" || name.Contains("g__Of|", StringComparison.Ordinal)
        select $"{type.FullName} has {name}";

    /// <summary>Clock and logger are the air a class breathes, not something it depends on.</summary>
    public static IEnumerable<string> TooManyDependencies(IEnumerable<Type> types) =>
        from type in Written(types)
        where type.IsClass && !IsRecord(type)
        from constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        let dependencies = constructor.GetParameters().Count(parameter => !IsAir(parameter.ParameterType))
        where dependencies > MostDependencies
        select $"{type.FullName} has {dependencies} constructor dependencies";

    private static IEnumerable<Type> Written(IEnumerable<Type> types) =>
        types.Where(type =>
            type.FullName is { } name
            && name.StartsWith("Integration.", StringComparison.Ordinal)
            && !name.Contains('<', StringComparison.Ordinal)
            && !name.Contains(".Migrations.", StringComparison.Ordinal)
            && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        );

    private static bool IsPublicOnPurpose(Type type) =>
        type.Namespace is "Integration.Adapters.Ports" || type.FullName is "Integration.Adapters.AgencyAdapters";

    private static bool IsAir(Type type) =>
        type == typeof(TimeProvider) || type == typeof(ILoggerFactory) || typeof(ILogger).IsAssignableFrom(type);

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is not null;

    [GeneratedRegex("[A-Z][a-z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
