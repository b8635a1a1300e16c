using System.Runtime.InteropServices;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// Which file a path leads to: device and inode. .NET tells neither, so Linux is asked itself (<c>statx</c>, whose layout is the same
/// on every processor). On other systems it is the time at which the file was made, which a copy may share with its original.
/// </summary>
/// <param name="Device">On Linux the device.</param>
/// <param name="File">On Linux the inode; elsewhere ticks.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly partial record struct FileIdentity(ulong Device, ulong File)
{
    private const int CurrentFolder = -100;
    private const uint WantInode = 0x100;
    private const int Length = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>The identity of the file at a path; null: there is none.</summary>
    public static FileIdentity? From(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            var file = new FileInfo(path);
            return file.Exists ? new FileIdentity(0, (ulong)file.CreationTimeUtc.Ticks) : null;
        }

        Span<byte> status = stackalloc byte[Length];
        return StatX(CurrentFolder, path, flags: 0, WantInode, ref MemoryMarshal.GetReference(status)) == 0
            ? new FileIdentity(BitConverter.ToUInt64(status[DeviceAt..]), BitConverter.ToUInt64(status[InodeAt..]))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);
}
