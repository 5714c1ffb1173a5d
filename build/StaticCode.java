import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes out what the compiler leaves to be made at run time: the {@code equals} and {@code hashCode} of records, and switches over types.
 *
 * <p>Each process would make that code anew, and no start-up cache of JDK 25 keeps it: that was a third of the CPU time of a small scan. The
 * code here does what {@link java.lang.runtime.ObjectMethods} and {@link java.lang.runtime.SwitchBootstraps} specify; what it does not know
 * it leaves as it is.
 */
final class StaticCode implements ClassTransform {
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final int ADDED = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassModel model;
    private final ClassDesc self;
    private final List<Consumer<ClassBuilder>> added = new ArrayList<>();

    private StaticCode(ClassModel model) {
        this.model = model;
        this.self = model.thisClass().asSymbol();
    }

    /** The class with that code written out. */
    static byte[] of(byte[] content, ClassFile classes) {
        ClassModel model = classes.parse(content);
        StaticCode code = new StaticCode(model);
        byte[] changed = classes.transformClass(model, code);
        return code.added.isEmpty() ? content : changed;
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel method && method.code().isPresent()) {
            builder.transformMethod(method, (methodBuilder, part) -> {
                if (part instanceof CodeModel body && usesBootstraps(body)) {
                    methodBuilder.transformCode(body, this::replace);
                } else {
                    methodBuilder.with(part);
                }
            });
        } else {
            builder.with(element);
        }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
        added.forEach(each -> each.accept(builder));
    }

    private static boolean usesBootstraps(CodeModel body) {
        return body.elementStream().anyMatch(InvokeDynamicInstruction.class::isInstance);
    }

    private void replace(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction call) {
            String maker = call.bootstrapMethod().owner().displayName() + "."
                    + call.bootstrapMethod().methodName();
            if (maker.equals("SwitchBootstraps.typeSwitch")
                    && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance)) {
                typeSwitch(code, call);
                return;
            }
            if (maker.equals("ObjectMethods.bootstrap") && call.name().equalsString("equals")) {
                added(code, "limpid$equals", call.typeSymbol(), this::writeEquals);
                return;
            }
            if (maker.equals("ObjectMethods.bootstrap") && call.name().equalsString("hashCode")) {
                added(code, "limpid$hashCode", call.typeSymbol(), this::writeHashCode);
                return;
            }
        }
        code.with(element);
    }

    /** Calls a new method of the class. */
    private void added(CodeBuilder code, String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {
        boolean inInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        code.invokestatic(self, name, type, inInterface);
        added.add(builder -> builder.withMethodBody(name, type, ADDED, body));
    }

    /** The number of the first case from the second parameter on that the first one is of, -1 for null, one more than the last for none. */
    private void typeSwitch(CodeBuilder code, InvokeDynamicInstruction call) {
        List<ConstantDesc> cases = call.bootstrapArgs();
        added(code, "limpid$typeSwitch$" + added.size(), call.typeSymbol(), body -> {
            Label present = body.newLabel();
            body.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
            for (int i = 0; i < cases.size(); i++) {
                Label next = body.newLabel();
                body.iload(1).loadConstant(i).if_icmpgt(next);
                body.aload(0).instanceOf((ClassDesc) cases.get(i)).ifeq(next);
                body.loadConstant(i).ireturn().labelBinding(next);
            }
            body.loadConstant(cases.size()).ireturn();
        });
    }

    private List<RecordComponentInfo> components() {
        return model.findAttribute(Attributes.record())
                .map(RecordAttribute::components)
                .orElseThrow();
    }

    private void writeEquals(CodeBuilder code) {
        Label differs = code.newLabel();
        code.aload(1).instanceOf(self).ifeq(differs);
        code.aload(1).checkcast(self).astore(2);
        for (RecordComponentInfo component : components()) {
            ClassDesc type = component.descriptorSymbol();
            for (int slot : new int[] {0, 2}) {
                code.aload(slot).getfield(self, component.name().stringValue(), type);
            }
            switch (TypeKind.from(type)) {
                case REFERENCE ->
                    code.invokestatic(
                                    OBJECTS,
                                    "equals",
                                    MethodTypeDesc.of(
                                            ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                            .ifeq(differs);
                case LONG -> code.lcmp().ifne(differs);
                case FLOAT, DOUBLE ->
                    code.invokestatic(boxOf(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                            .ifne(differs);
                default -> code.if_icmpne(differs);
            }
        }
        code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
    }

    private void writeHashCode(CodeBuilder code) {
        code.iconst_0();
        for (RecordComponentInfo component : components()) {
            ClassDesc type = component.descriptorSymbol();
            code.loadConstant(31).imul();
            code.aload(0).getfield(self, component.name().stringValue(), type);
            if (type.isPrimitive()) {
                code.invokestatic(boxOf(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
            } else {
                code.invokestatic(
                        OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private static ClassDesc boxOf(ClassDesc primitive) {
        return switch (primitive.descriptorString()) {
            case "I" -> ConstantDescs.CD_Integer;
            case "J" -> ConstantDescs.CD_Long;
            case "Z" -> ConstantDescs.CD_Boolean;
            case "B" -> ConstantDescs.CD_Byte;
            case "S" -> ConstantDescs.CD_Short;
            case "C" -> ConstantDescs.CD_Character;
            case "F" -> ConstantDescs.CD_Float;
            default -> ConstantDescs.CD_Double;
        };
    }
}
