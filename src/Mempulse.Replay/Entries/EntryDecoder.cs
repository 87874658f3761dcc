namespace Mempulse.Replay.Entries;

/// <summary>Reads one entry of a checkpoint: its tag, then what <see cref="StateEntry.Encode"/> wrote.</summary>
/// <exception cref="CheckpointException">The bytes are malformed.</exception>
/// <typeparam name="TEntry">The entry.</typeparam>
public delegate TEntry EntryDecoder<out TEntry>(ref EntryReader reader);
