namespace Integration.Architecture.Tests;

/// <summary>A small tree on disk, gone after the test.</summary>
internal sealed class PlantedTree : IDisposable
{
    public PlantedTree(params (string File, string Text)[] files)
    {
        foreach (var (file, text) in files)
        {
            var path = Path.Combine(Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("planted-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
