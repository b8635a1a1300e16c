namespace Integration.Architecture.Tests.Rules;

/// <summary>Each agency folder has the same cast of files, so that a reader who knows one agency knows where to look in all.</summary>
internal static class AgencyRules
{
    private const string Adapters = "src/Adapters/";
    private const string Name = "Agency.cs";

    /// <summary>What each agency has besides its name: the prefix of its name file in front.</summary>
    private static readonly string[] s_cast = ["Client.cs", "Wire.cs", "Reader.cs", "Options.cs", "Services.cs"];

    /// <summary>What an agency has that is never called: it logs in with us.</summary>
    private static readonly string[] s_castWithoutCalls = ["Options.cs", "Services.cs"];

    private static readonly string[] s_neverCalled = ["Utilities/Network"];

    /// <summary>Agency folders that lack a file of the cast.</summary>
    /// <param name="files">Files of the tree, relative to its root.</param>
    public static IEnumerable<string> Incomplete(IEnumerable<string> files) =>
        from folder in Folders(files)
        from fault in FaultsIn(folder.Key, [.. folder])
        select fault;

    /// <summary>The agency folders below <c>src/Adapters</c>, each with the names of the files that stand directly in it.</summary>
    public static IEnumerable<IGrouping<string, string>> Folders(IEnumerable<string> files) =>
        from file in files
        where file.StartsWith(Adapters, StringComparison.Ordinal)
        let parts = file[Adapters.Length..].Split('/')
        where parts[0] is not ("Http" or "Ports") && IsInAgency(parts)
        group parts[^1] by string.Join('/', parts[..^1]) into folder
        where folder.Key.Split('/').Length <= LongestFolder(folder.Key)
        select folder;

    private static IEnumerable<string> FaultsIn(string folder, string[] names)
    {
        var named = names.Where(name => name.EndsWith(Name, StringComparison.Ordinal)).ToArray();
        if (named is not [var only])
        {
            return [$"{Adapters}{folder} has {named.Length} files …{Name} instead of one"];
        }

        var prefix = only[..^Name.Length];
        return (s_neverCalled.Contains(folder, StringComparer.Ordinal) ? s_castWithoutCalls : s_cast)
            .Select(part => prefix + part)
            .Append("README.md")
            .Where(name => !names.Contains(name, StringComparer.Ordinal))
            .Select(name => $"{Adapters}{folder} lacks {name}");
    }

    /// <summary><c>Utilities</c> holds agencies and what they share; <c>ProvincialNetwork</c> is an agency and holds further ones.</summary>
    private static bool IsInAgency(string[] parts) => parts.Length > (parts[0] == "Utilities" ? 2 : 1);

    /// <summary>What lies deeper is a room of its agency.</summary>
    private static int LongestFolder(string folder) =>
        folder.Split('/')[0] is "Utilities" or "ProvincialNetwork" ? 2 : 1;
}
