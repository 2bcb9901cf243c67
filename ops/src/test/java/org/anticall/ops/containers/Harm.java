package org.anticall.ops.containers;

import java.time.Duration;

/** What may happen to a part, and how it ends. */
enum Harm {
    STOPPED {
        @Override
        void done(Part part) {
            part.end(Duration.ofSeconds(60));
        }

        @Override
        void undone(Part part) {
            part.again();
        }
    },
    KILLED {
        @Override
        void done(Part part) throws Exception {
            part.kill();
        }

        @Override
        void undone(Part part) {
            part.again();
        }
    },
    FROZEN {
        @Override
        void done(Part part) {
            part.freeze();
        }

        @Override
        void undone(Part part) {
            part.thaw();
        }
    },
    /** From all networks. */
    CUT_OFF {
        @Override
        void done(Part part) {
            part.cutOff();
        }

        @Override
        void undone(Part part) {
            part.backOn();
        }
    };

    abstract void done(Part part) throws Exception;

    abstract void undone(Part part) throws Exception;
}
