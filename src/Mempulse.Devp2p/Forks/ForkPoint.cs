namespace Mempulse.Devp2p.Forks;

/// <summary>The number and time of a block, which decide the active forks.</summary>
/// <param name="Block">The block number.</param>
/// <param name="Time">The block time in Unix seconds.</param>
public readonly record struct ForkPoint(ulong Block, ulong Time);
