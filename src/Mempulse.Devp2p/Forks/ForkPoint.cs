namespace Mempulse.Devp2p.Forks;

/// <summary>A block as fork rules see it.</summary>
/// <param name="Block">Its number.</param>
/// <param name="Time">Its time, Unix seconds.</param>
public readonly record struct ForkPoint(ulong Block, ulong Time);
