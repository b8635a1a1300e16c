using System.Text;

namespace Integration.Try.Setup;

/// <summary>A folder of secrets, one file each, readable by its owner only. What is there is kept: a restart finds the same.</summary>
internal sealed class SecretFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _directory;

    public SecretFolder(string directory)
    {
        _directory = Path.GetFullPath(directory);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_directory);
        }
        else
        {
            Directory.CreateDirectory(_directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    public string PathOf(string name) => Path.Combine(_directory, name);

    /// <summary>The reference under which the gateway's configuration names the secret.</summary>
    public string Reference(string name) => $"file:{PathOf(name)}";

    /// <summary>The secret; made first when it does not exist.</summary>
    public string GetOrCreate(string name, Func<string> create)
    {
        if (!File.Exists(PathOf(name)))
        {
            Put(name, create());
        }

        return File.ReadAllText(PathOf(name));
    }

    /// <summary>Writes the secret, whole or not at all, and returns the reference to it.</summary>
    public string Put(string name, string value)
    {
        var draft = PathOf($"{name}.new");
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(value));
        }

        File.Move(draft, PathOf(name), overwrite: true);
        return Reference(name);
    }
}
