namespace Husai.Networks.Onnx;

/// <summary>The numbers of the fields that are read of ONNX's messages (onnx/onnx.proto, IR version 3 and later).</summary>
internal static class OnnxFields
{
    public const int ModelGraph = 7;

    public const int GraphNode = 1;
    public const int GraphInitializer = 5;
    public const int GraphInput = 11;
    public const int GraphOutput = 12;

    public const int NodeInput = 1;
    public const int NodeOutput = 2;
    public const int NodeName = 3;
    public const int NodeOperator = 4;
    public const int NodeAttribute = 5;
    public const int AttributeGraph = 6;

    public const int TensorShape = 1;
    public const int TensorType = 2;
    public const int TensorName = 8;
    public const int TensorRawBytes = 9;
    public const int TensorFloats = 4;
    public const int TensorIntegers = 5;
    public const int TensorDoubles = 10;
    public const int TensorExternal = 13;
    public const int TensorPlace = 14;
    public const int EntryKey = 1;
    public const int EntryValue = 2;

    public const int ValueName = 1;
    public const int ValueType = 2;
    public const int TypeTensor = 1;
    public const int TensorTypeElement = 1;
    public const int TensorTypeShape = 2;
    public const int ShapeDimension = 1;
    public const int DimensionValue = 1;
    public const int DimensionName = 2;
}
