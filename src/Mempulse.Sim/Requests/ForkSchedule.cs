using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>Determines the fork of the block after a header.</summary>
/// <remarks>
/// Immutable. Mainnet uses the activations of go-ethereum (params/config.go). On other chains the header's fields determine the fork; forks that add no
/// field cannot be distinguished, so the newest is configured.
/// </remarks>
public sealed class ForkSchedule
{
    private static readonly (ulong From, Fork Fork)[] _mainnetTimes =
    [
        (1_767_747_671, Fork.Bpo2),
        (1_765_290_071, Fork.Bpo1),
        (1_764_798_551, Fork.Osaka),
        (1_746_612_311, Fork.Prague),
        (1_710_338_135, Fork.Cancun),
        (1_681_338_455, Fork.Shanghai),
    ];

    private static readonly (ulong From, Fork Fork)[] _mainnetHeights =
    [
        (15_537_394, Fork.Paris),
        (12_965_000, Fork.London),
        (12_244_000, Fork.Berlin),
        (9_069_000, Fork.Istanbul),
        (7_280_000, Fork.Petersburg),
        (4_370_000, Fork.Byzantium),
        (2_675_000, Fork.SpuriousDragon),
        (2_463_000, Fork.TangerineWhistle),
        (1_150_000, Fork.Homestead),
    ];

    private readonly bool _isMainnet;
    private readonly Fork _newest;

    private ForkSchedule(bool isMainnet, Fork newest)
    {
        _isMainnet = isMainnet;
        _newest = newest;
    }

    /// <summary>Returns the schedule of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="newest">For chains other than mainnet: the fork of blocks with a requests hash (Prague and later). Default Osaka.</param>
    public static ForkSchedule Of(ChainId chain, Fork newest = Fork.Osaka) => new(chain == new ChainId(1), newest);

    /// <summary>Returns the fork of the block after <paramref name="header"/>, one slot later.</summary>
    public Fork After(BlockHeader header) => _isMainnet
        ? OfMainnet(header.Number.Value + 1, header.TimestampSeconds + SimBlock.SlotSeconds)
        : OfFields(header);

    private static Fork OfMainnet(ulong number, ulong time)
    {
        for (int i = 0; i < _mainnetTimes.Length; i++)
        {
            if (time >= _mainnetTimes[i].From)
            {
                return _mainnetTimes[i].Fork;
            }
        }

        for (int i = 0; i < _mainnetHeights.Length; i++)
        {
            if (number >= _mainnetHeights[i].From)
            {
                return _mainnetHeights[i].Fork;
            }
        }

        return Fork.Frontier;
    }

    private Fork OfFields(BlockHeader header) =>
        header.RequestsHash is not null ? _newest
        : header.ExcessBlobGas is not null ? Fork.Cancun
        : header.WithdrawalsRoot is not null ? Fork.Shanghai
        : header.Difficulty.IsZero ? Fork.Paris
        : header.BaseFeePerGas is not null ? Fork.London
        : Fork.Berlin;
}
