using System.Diagnostics;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The points of each offence.</summary>
internal static class OffencePoints
{
    public static int Of(PeerOffence offence) => offence switch
    {
        PeerOffence.Flood => 1,
        PeerOffence.UnsolicitedAnswer => 5,
        PeerOffence.NoAnswer => 2,
        PeerOffence.AnnouncementMismatch => 20,
        PeerOffence.InvalidTransaction => 20,
        PeerOffence.InvalidReceipts => 20,
        _ => throw new UnreachableException(),
    };
}
