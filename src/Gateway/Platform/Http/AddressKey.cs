using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Integration.Gateway.Platform.Http;

/// <summary>
/// What counts as one address where work is bounded by address: an IPv4 address, also one mapped to IPv6, or an IPv6 network
/// of 64 bits, which one subscriber has whole. An address that is not known is one too.
/// </summary>
internal readonly record struct AddressKey(bool IsNetwork, ulong Value)
{
    /// <summary>Seeded anew with each process: no sender can choose addresses of one hash.</summary>
    public override int GetHashCode() => HashCode.Combine(IsNetwork, (uint)(Value >> 32), (uint)Value);

    public static AddressKey From(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        if (address is null || !address.TryWriteBytes(bytes, out _))
        {
            return default;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new AddressKey(IsNetwork: true, BinaryPrimitives.ReadUInt64BigEndian(bytes))
            : new AddressKey(IsNetwork: false, BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }
}
