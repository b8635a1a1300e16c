namespace Integration.Architecture.Tests;

/// <summary>The tree these tests look at.</summary>
internal static class Repository
{
    private static readonly string[] s_notOurs = ["bin", "obj", ".git", ".vs", ".idea", "TestResults", "node_modules"];

    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Every file that is written by hand or kept in the tree, relative to the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string below = "") => Walk(Path(below));

    private static IEnumerable<string> Walk(string directory) =>
        Directory
            .EnumerateFiles(directory)
            .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Concat(
                Directory
                    .EnumerateDirectories(directory)
                    .Where(child => !s_notOurs.Contains(System.IO.Path.GetFileName(child), StringComparer.Ordinal))
                    .SelectMany(Walk)
            );

    private static string FindRoot()
    {
        for (
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            directory is not null;
            directory = directory.Parent
        )
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Integration.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("These tests run inside a clone of the repository.");
    }
}
