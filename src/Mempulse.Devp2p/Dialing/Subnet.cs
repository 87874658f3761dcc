using System.Net;
using System.Net.Sockets;

namespace Mempulse.Devp2p.Dialing;

/// <summary>The address range that limits treat as one owner: /24 of IPv4, /64 of IPv6.</summary>
internal static class Subnet
{
    private const int KeptBytesOfV4 = 3;
    private const int KeptBytesOfV6 = 8;

    /// <summary>Returns the same key for all addresses of one range.</summary>
    public static string Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        int kept = plain.AddressFamily == AddressFamily.InterNetwork ? KeptBytesOfV4 : KeptBytesOfV6;
        return Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, kept));
    }
}
