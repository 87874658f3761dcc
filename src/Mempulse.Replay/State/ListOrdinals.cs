namespace Mempulse.Replay.State;

/// <summary>The numbers from which the state's lists continue.</summary>
internal readonly record struct ListOrdinals(ulong Waiting, ulong Settled, ulong SettledHashes, ulong IdleAccounts, ulong GoneSources);
