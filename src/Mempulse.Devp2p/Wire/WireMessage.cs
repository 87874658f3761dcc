namespace Mempulse.Devp2p.Wire;

/// <summary>A message as it came off the wire, decrypted and decompressed; the payload is its receiver's.</summary>
internal readonly record struct WireMessage(int Code, byte[] Payload);
