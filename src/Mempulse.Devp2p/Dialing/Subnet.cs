using System.Net;
using System.Net.Sockets;

namespace Mempulse.Devp2p.Dialing;

/// <summary>The range of addresses that one owner is likely to have: /24 of IPv4, /64 of IPv6.</summary>
internal static class Subnet
{
    private const int KeptBytesOfV4 = 3;
    private const int KeptBytesOfV6 = 8;

    /// <summary>Addresses of one range have one key.</summary>
    public static string Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        int kept = plain.AddressFamily == AddressFamily.InterNetwork ? KeptBytesOfV4 : KeptBytesOfV6;
        return Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, kept));
    }
}
