namespace Husai.Numerics.SelfChecks;

/// <summary>What one kernel returned in <see cref="SelfCheck"/>.</summary>
/// <param name="Name">Name of the kernel and of the case, such as "product AtB 7x113x127".</param>
/// <param name="Hash">First 16 hexadecimal digits of the SHA-256 of its output bits.</param>
internal sealed record KernelHash(string Name, string Hash);
