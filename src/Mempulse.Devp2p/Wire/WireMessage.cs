namespace Mempulse.Devp2p.Wire;

/// <summary>A received message, decrypted and decompressed; the receiver owns the payload.</summary>
internal readonly record struct WireMessage(int Code, byte[] Payload);
